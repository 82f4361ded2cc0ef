import {
  completeBatchPayment, lockPaymentPart, selectPaymentActor, selectWaitingParts, setPaymentPart,
} from '../../../data/operation/order-batch/batch-payment'; // prettier-ignore
import { defineWorkflow, type Workflow } from '../../../data/engine/workflow';
import type { CallContext, CoreDatabase } from '../../context';
import { execute, type UseCase } from '../../execute';
import type { Clock } from '../../../kernel/clock';
import { Failure } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import { ok, type Refusal, type Result } from '../../../kernel/result';
import { recordOrderPayment, type AcceptanceRefusal } from '../acceptance';
import { programContext } from '../program-context';
import { refuseBatch, type BatchRefusal } from './refusals';

export type PaymentWorkflowInput = { readonly orderBatchPaymentId: string };

export const PAYMENT_WORKFLOW_NAME = 'orderBatchPayment';

/** Parts in one step; each is a transaction of its own. */
const PARTS_OF_A_STEP = 50;
const RETRY = { attemptsMax: 8, firstWaitMs: 1_000 } as const;

interface PartOfPayment {
  readonly paymentId: Id<'orderBatchPayment'>;
  readonly part: number;
}

type PartDone = { readonly paid: boolean };

/** Records one part of a batch's payment with its order, once. The order goes on when nothing is left to pay. */
const payPart: UseCase<PartOfPayment, PartDone, AcceptanceRefusal | BatchRefusal> = {
  name: 'recordBatchPaymentPart',
  permission: 'order:write',
  constraints: Object.fromEntries(
    Object.entries(recordOrderPayment.constraints ?? {}).map(([name, refuse]) => [name, refuse as () => ReturnType<typeof refuseBatch>]),
  ),
  async run(unit, { paymentId, part }) {
    const locked = await lockPaymentPart(unit.transaction, paymentId, part);
    if (locked === undefined) return refuseBatch('NOT_FOUND', 'part');
    if (locked.state !== 'WAITING') return ok({ paid: locked.state === 'PAID' });
    const { orderId, orderVersion: expectedVersion, method, amount, reference } = locked;
    const paid = await recordOrderPayment.run(unit, { orderId, expectedVersion, method, amount, reference: `${reference}-${part}` });
    if (!paid.ok) return paid;
    await setPaymentPart(unit.transaction, locked, { state: 'PAID', refusals: null });
    return ok({ paid: true });
  },
};

/** Writes down that an order no longer took its part: it is in nobody's books, and is to be given back. */
const refusePart: UseCase<PartOfPayment & { readonly refusals: readonly Refusal[] }, PartDone, BatchRefusal> = {
  name: 'refuseBatchPaymentPart',
  permission: 'order:write',
  async run(unit, { paymentId, part, refusals }) {
    const locked = await lockPaymentPart(unit.transaction, paymentId, part);
    if (locked === undefined) return refuseBatch('NOT_FOUND', 'part');
    if (locked.state === 'WAITING') await setPaymentPart(unit.transaction, locked, { state: 'REFUSED', refusals });
    return ok({ paid: locked.state === 'PAID' });
  },
};

const completePayment: UseCase<{ readonly paymentId: Id<'orderBatchPayment'> }, { readonly done: boolean }, BatchRefusal> = {
  name: 'completeBatchPayment',
  permission: 'order:write',
  async run(unit, { paymentId }) {
    const ended = await completeBatchPayment(unit.transaction, paymentId);
    if (ended === undefined) return ok({ done: false });
    const after = { paymentId, state: 'COMPLETED' };
    unit.audit({ subjectKind: 'orderBatch', subjectId: ended.batchId, organisationId: ended.organisationId, before: null, after });
    return ok({ done: true });
  },
};

/**
 * Splits a payment over the orders of its batch, part by part, exactly once. One order a transaction: its parties are locked in the order
 * of the components, which the parties of several orders together would not be.
 * @returns whether parts are left
 */
export async function splitBatchPayment(context: CallContext, paymentId: Id<'orderBatchPayment'>, partsMax: number): Promise<boolean> {
  const parts = await selectWaitingParts(context, paymentId, partsMax);
  for (const part of parts) await pay(context, { paymentId, part });
  if (parts.length > 0) return true;
  await execute(context, completePayment, { paymentId }, `complete:${newId('event')}`);
  return false;
}

async function pay(context: CallContext, part: PartOfPayment): Promise<void> {
  for (let stale = 0; ; stale += 1) {
    const paid: Result<PartDone> = await execute(context, payPart, part, `part:${newId('event')}`);
    if (paid.ok) return;
    // Somebody changed the order between our look and our lock: it is looked at again.
    if (stale < 5 && paid.refusals.some(({ code }) => code === 'STALE_VERSION')) continue;
    await execute(context, refusePart, { ...part, refusals: paid.refusals }, `refuse:${newId('event')}`);
    return;
  }
}

/** Splits a payment in the worker. The right to record it was asked when it was recorded: the parts follow from it. */
export function batchPaymentWorkflow({ database, clock }: { database: CoreDatabase; clock: Clock }): Workflow<PaymentWorkflowInput, void> {
  return defineWorkflow(PAYMENT_WORKFLOW_NAME, async (step, { orderBatchPaymentId }) => {
    const paymentId = orderBatchPaymentId as Id<'orderBatchPayment'>;
    for (let n = 0; ; n += 1) {
      const work = async (): Promise<boolean> => {
        const system = { kind: 'SYSTEM', id: PAYMENT_WORKFLOW_NAME, clientId: PAYMENT_WORKFLOW_NAME, address: null } as const;
        const context = programContext(database, clock, system, step.workflowId);
        const actor = await selectPaymentActor(context, paymentId);
        if (actor === undefined) throw new Failure('BAD_USER_INPUT', 'There is no such payment.');
        return splitBatchPayment({ ...context, actor: { ...system, ...actor } }, paymentId, PARTS_OF_A_STEP);
      };
      if (!(await step.run(`parts ${n}`, work, RETRY))) return;
    }
  });
}
