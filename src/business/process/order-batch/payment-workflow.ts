import { selectPaymentActor, selectWaitingParts } from '../../../data/operation/order-batch/batch-payment';
import { defineWorkflow, type Workflow } from '../../../data/engine/workflow';
import type { CallContext, CoreDatabase } from '../../context';
import { execute } from '../../execute';
import type { Clock } from '../../../kernel/clock';
import { Failure } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import type { Result } from '../../../kernel/result';
import { programContext } from '../program-context';
import { endBatchPayment } from './end-batch-payment';
import { payBatchPart, type PartDone, type PartOfPayment } from './pay-batch-part';
import { refuseBatchPart } from './refuse-batch-part';

export type PaymentWorkflowInput = { readonly orderBatchPaymentId: string };

export const PAYMENT_WORKFLOW_NAME = 'orderBatchPayment';

/** Parts in one step; each is a transaction of its own. */
const PARTS_OF_A_STEP = 50;
const RETRY = { attemptsMax: 8, firstWaitMs: 1_000 } as const;

/**
 * Splits a payment over the orders of its batch, part by part, exactly once. One order a transaction: its parties are locked in the order
 * of the components, which the parties of several orders together would not be.
 * @returns whether parts are left
 */
export async function splitBatchPayment(context: CallContext, paymentId: Id<'orderBatchPayment'>, partsMax: number): Promise<boolean> {
  const parts = await selectWaitingParts(context, paymentId, partsMax);
  for (const part of parts) await pay(context, { paymentId, part });
  if (parts.length > 0) return true;
  await execute(context, endBatchPayment, { paymentId }, `complete:${newId('event')}`);
  return false;
}

async function pay(context: CallContext, part: PartOfPayment): Promise<void> {
  for (let stale = 0; ; stale += 1) {
    const paid: Result<PartDone> = await execute(context, payBatchPart, part, `part:${newId('event')}`);
    if (paid.ok) return;
    // Somebody changed the order between our look and our lock: it is looked at again.
    if (stale < 5 && paid.refusals.some(({ code }) => code === 'STALE_VERSION')) continue;
    await execute(context, refuseBatchPart, { ...part, refusals: paid.refusals }, `refuse:${newId('event')}`);
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
