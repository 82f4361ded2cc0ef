import { Temporal } from 'temporal-polyfill';
import { changeAccount } from '../../src/business/component/account';
import { changeCustomer } from '../../src/business/component/customer';
import { changeSubscriber, resumeSubscriber, stopSubscriber } from '../../src/business/component/subscriber';
import { terminateSubscriber } from '../../src/business/process/terminate-subscriber';
import { STATUS_FACT } from '../../src/data/operation/subscriber/subscriber-facts';
import { writeDatedFact } from '../../src/data/operation/dated-fact/write-dated-fact';
import type { Id } from '../../src/kernel/id';
import type { TestDatabase } from '../support/database';
import type { PartyWorld } from '../support/party-world';

/** Numbers that look random and are the same in every run of a seed. */
export function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

interface Life {
  readonly id: Id<'subscriber'>;
  readonly openedAt: Temporal.Instant;
  stopped: boolean;
  closed: boolean;
}

/** A run of business at several nodes: what happens when is random, what it does is the program's own. */
export class RandomLives {
  private readonly lives: Life[] = [];
  private readonly customers: Id<'customer'>[] = [];
  private readonly accounts: Id<'account'>[] = [];

  public constructor(
    private readonly database: TestDatabase,
    private readonly world: PartyWorld,
    private readonly nodes: readonly Id<'organisation'>[],
    private readonly random: (below: number) => number,
  ) {}

  public async run(steps: number): Promise<void> {
    for (let step = 0; step < steps; step += 1) {
      this.world.clock.advance({ minutes: this.random(600), milliseconds: this.random(1_000) });
      await this.step();
    }
  }

  private pick<Value>(values: readonly Value[]): Value {
    return values[this.random(values.length)] as Value;
  }

  private async step(): Promise<void> {
    const life = this.pick(this.lives.filter(({ closed }) => !closed));
    const action = life === undefined ? 0 : this.random(13);
    if (action < 4) return this.open();
    if (action < 6) return this.stopOrResume(life);
    if (action < 7) return this.close(life);
    if (action < 9) return this.move(life);
    if (action < 11) return this.correct(life);
    return this.movePayer();
  }

  private async open(): Promise<void> {
    const { customerId, accountId } = await this.world.payer({
      customer: { organisationId: this.pick(this.nodes) },
      account: { organisationId: this.pick(this.nodes) },
    });
    this.customers.push(customerId);
    this.accounts.push(accountId);
    const broadband = this.random(3) === 0;
    const more = broadband ? { serviceType: 'BROADBAND', identifier: `user${this.lives.length}` } : {};
    const id = await this.world.subscriber(customerId, accountId, { organisationId: this.pick(this.nodes), ...more });
    this.lives.push({ id, openedAt: this.world.clock.now(), stopped: false, closed: false });
  }

  private async stopOrResume(life: Life): Promise<void> {
    const input = { subscriberId: life.id, expectedVersion: await this.world.versionOf('subscriber', life.id), reason: 'LOSS' as const };
    await this.world.run(life.stopped ? resumeSubscriber : stopSubscriber, input);
    life.stopped = !life.stopped;
  }

  private async close(life: Life): Promise<void> {
    await this.world.run(terminateSubscriber, {
      subscriberId: life.id,
      expectedVersion: await this.world.versionOf('subscriber', life.id),
    });
    life.closed = true;
  }

  private async move(life: Life): Promise<void> {
    const expectedVersion = await this.world.versionOf('subscriber', life.id);
    await this.world.run(changeSubscriber, { subscriberId: life.id, expectedVersion, organisationId: this.pick(this.nodes) });
  }

  /** Finds out today that the status was another one for some past days. */
  private async correct(life: Life): Promise<void> {
    const now = this.world.clock.now();
    const hours = Math.floor(now.since(life.openedAt).total('hours'));
    if (hours < 2) return;
    const from = life.openedAt.add({ hours: this.random(hours - 1) });
    const to = from.add({ hours: 1 + this.random(60) });
    if (Temporal.Instant.compare(to, now) >= 0) return;
    const [status, reasons] = this.pick([['active', 0], ['suspended', 2], ['suspended', 4]] as const); // prettier-ignore
    await this.database.core.transaction(async (transaction) => {
      const fact = { status, stop_reasons: reasons };
      await writeDatedFact(transaction, STATUS_FACT, { key: { subscriber_id: life.id }, fact, valid: { from, to }, now });
      return { commit: true, value: undefined };
    });
  }

  private async movePayer(): Promise<void> {
    const [customerId, accountId] = [this.pick(this.customers), this.pick(this.accounts)];
    const organisationId = this.pick(this.nodes);
    await this.world.run(changeCustomer, {
      customerId,
      expectedVersion: await this.world.versionOf('customer', customerId),
      organisationId,
    });
    await this.world.run(changeAccount, { accountId, expectedVersion: await this.world.versionOf('account', accountId), organisationId });
  }
}
