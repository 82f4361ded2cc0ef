import { createProduct, draftProductVersion, moveProductVersion } from '../../src/business/component/product';
import { changeServiceType, registerChargeCode, registerProvisioningAdapter } from '../../src/business/component/service';
import { openSubscriber, openSubscriberIn } from '../../src/business/component/subscriber';
import { fulfilmentHands } from '../../src/business/process/acceptance';
import { fulfilmentWorkflow, type Pace } from '../../src/business/process/fulfilment';
import type { Step } from '../../src/data/engine/workflow';
import { NetworkCalls } from '../../src/data/provisioning/network-calls';
import { decodeId, newId, type Id } from '../../src/kernel/id';
import type { Json } from '../../src/kernel/stable-json';
import type { TestDatabase } from '../support/database';
import { NetworkElement } from '../support/network-element';
import { OrderWorld } from './order-world';

export const PACE: Pace = { firstWaitMs: 1_000, waitMsMax: 60_000, patienceMs: 30 * 60_000 };

interface Queued {
  readonly id: string;
  readonly input: string;
}

/** As an import brings subscribers whom the network knows already. */
const takenOver: typeof openSubscriber = {
  ...openSubscriber,
  run: (unit, input) => openSubscriberIn(unit, { ...input, subscriberId: newId('subscriber') }),
};

/**
 * A world whose mobile lines a network element provisions. No worker runs: a test runs the rounds itself, one after the other and step
 * by step, so that it can look in between.
 */
export class FulfilmentWorld extends OrderWorld {
  public element!: NetworkElement;
  protected override readonly openedBy = takenOver;
  private readonly network = new NetworkCalls({ credentials: {}, callMsMax: 2_000 });

  public constructor(db: TestDatabase) {
    super(db);
  }

  public override async found(): Promise<void> {
    await super.found();
    await this.chargeCodes();
    this.element = await NetworkElement.start();
    const http = { endpoint: this.element.url, timeoutMs: 500, attemptsMax: 1, backoffMs: 10, breakerFailures: 100, breakerOpenMs: 100 };
    const names = { name: '核心网', nameEn: 'Core network' };
    await this.run(registerProvisioningAdapter, { code: 'NE1', ...names, kind: 'HTTP', http, workQueue: null });
    await this.run(registerProvisioningAdapter, { code: 'BY_HAND', ...names, kind: 'MANUAL', http: null, workQueue: 'LINE_WORK' });
    await this.provisionedBy('MOBILE', 'NE1');
    await this.provisionedBy('BROADBAND', 'BY_HAND');
  }

  /** A plan of 31.00 a month, and what is due at once for it. */
  public async sellPlan(
    code: string,
    { due, serviceType = 'MOBILE' }: { due?: string; serviceType?: string } = {},
  ): Promise<{ versionId: Id<'productVersion'> }> {
    const price = { name: '费用', nameEn: 'Fee', taxIncluded: true };
    const monthly = {
      ...price,
      kind: 'RECURRING',
      code: 'MONTHLY',
      chargeCode: 'MONTHLY_FEE',
      timing: 'ADVANCE',
      phases: [{ amount: '31.00' }],
    };
    const once = { ...price, kind: 'ONE_TIME', code: 'SETUP', chargeCode: 'INSTALLATION', amount: due ?? '0.00' };
    const definition = { prices: due === undefined ? [monthly] : [monthly, once] };
    const made = { code, name: '套餐', nameEn: 'Plan', kind: 'PLAN' as const, serviceType, organisationId: this.root };
    const { productId } = await this.run(createProduct, made);
    const { versionId } = await this.run(draftProductVersion, { productId, expectedVersion: 1, definition });
    await this.run(moveProductVersion, { versionId, expectedVersion: 1, to: 'inTest' });
    await this.run(moveProductVersion, { versionId, expectedVersion: 2, to: 'active' });
    return { versionId };
  }

  private async chargeCodes(): Promise<void> {
    await this.chargeCode('INSTALLATION', 600);
    const terms = {
      revenueAccount: '6001', deferredAccount: '2204', discountAccount: null, taxCategory: null, writeOffPriority: 100, billGroup: 'BASIC',
      discountable: false, invoiceable: true, bearsLateFee: false, collectedFor: null,
    }; // prettier-ignore
    const code = { code: 'MONTHLY_FEE', name: '月租', nameEn: 'Monthly fee', serviceType: null, from: this.clock.now() };
    await this.run(registerChargeCode, { ...code, kind: 'RECURRING', terms });
  }

  public async close(): Promise<void> {
    this.network.close();
    await this.element.stop();
  }

  private async provisionedBy(code: string, provisioningAdapter: string): Promise<void> {
    await this.run(changeServiceType, { code, expectedVersion: 1, provisioningAdapter });
  }

  /**
   * Runs the rounds that wait, in the order in which they are due, until none is left or `rounds` have been run. The clock goes on to
   * when a delayed one is due. `before` is told the name of each step; it may throw, as a process dies: the round is then left as it stands.
   */
  public async work({
    rounds = 50,
    before = () => Promise.resolve(),
  }: { rounds?: number; before?: (step: string) => Promise<void> } = {}): Promise<void> {
    const workflow = fulfilmentWorkflow({
      database: this.db.core, clock: this.clock, network: this.network, pace: PACE, hands: fulfilmentHands,
    }); // prettier-ignore
    for (let done = 0; done < rounds; done += 1) {
      const queued = await this.takeQueued();
      if (queued === undefined) return;
      const [input] = (JSON.parse(queued.input) as { positionalArgs: never[] }).positionalArgs;
      await workflow.run(this.stepOf(queued.id, before), input as never);
    }
  }

  public async queued(): Promise<string[]> {
    const rows = await this.db.raw<Queued>(`SELECT workflow_uuid AS id FROM dbos.workflow_status WHERE status IN ('ENQUEUED', 'DELAYED')`);
    return rows.map(({ id }) => id);
  }

  /** Another worker takes the order's first round up again, from its beginning. */
  public async takeUpAgain(order: string): Promise<void> {
    const id = decodeId('order', order);
    await this.db.raw(`UPDATE dbos.workflow_status SET status = 'ENQUEUED' WHERE workflow_uuid = $1`, [`fulfil-order/${id}`]);
  }

  private async takeQueued(): Promise<Queued | undefined> {
    const [first] = await this.db.raw<Queued & { wait: number }>(
      `UPDATE dbos.workflow_status w SET status = 'SUCCESS' FROM dbos.workflow_input i
       WHERE i.workflow_uuid = w.workflow_uuid AND w.workflow_uuid = (
         SELECT workflow_uuid FROM dbos.workflow_status WHERE status IN ('ENQUEUED', 'DELAYED')
         ORDER BY coalesce(delay_until_epoch_ms, 0), priority, created_at LIMIT 1)
       RETURNING w.workflow_uuid AS id, i.inputs AS input, greatest(0, coalesce(w.delay_until_epoch_ms, 0) - w.created_at)::integer AS wait`,
    );
    if (first !== undefined && first.wait > 0) this.clock.advance({ milliseconds: first.wait });
    return first;
  }

  private stepOf(workflowId: string, before: (step: string) => Promise<void>): Step {
    return {
      workflowId,
      transaction: async (name, work) => {
        await before(name);
        const end = await this.db.core.transaction(async (transaction) => ({ commit: true, value: await work(transaction) }));
        return plain(end.value);
      },
      run: async (name, work) => {
        await before(name);
        return plain(await work(`${workflowId}:${name}`));
      },
      sleep: () => Promise.resolve(),
      patched: () => Promise.resolve(true),
    };
  }
}

/** What a step gives has been through the database. */
function plain<Value extends Json | void>(value: Value): Value {
  return (value === undefined ? undefined : JSON.parse(JSON.stringify(value))) as Value;
}

export function useFulfilmentWorld(database: TestDatabase): FulfilmentWorld {
  const world = new FulfilmentWorld(database);
  beforeAll(() => world.found());
  afterAll(() => world.close());
  return world;
}
