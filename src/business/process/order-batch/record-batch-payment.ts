import {
  selectOutstanding,
  insertBatchPayment,
  BATCH_PAYMENTS_MAX,
  selectBatchPayments,
  type Outstanding,
} from '../../../data/operation/order-batch/batch-payment';
import { lockOrderBatch } from '../../../data/operation/order-batch/write-order-batch';
import type { ProcessEngine } from '../../../data/engine/process-engine';
import type { Workflow } from '../../../data/engine/workflow';
import type { OrderPaymentMethod } from '../../component/order';
import type { UseCase } from '../../execute';
import { newId, type Id } from '../../../kernel/id';
import { formatAmount, type Money } from '../../../kernel/money';
import { ok, refusedBy } from '../../../kernel/result';
import { hasHiddenCharacters, isBlank, lengthOf } from '../../../kernel/text';
import { refuseBatch, type BatchRefusal } from './refusals';
import { PAYMENT_WORKFLOW_NAME, type PaymentWorkflowInput } from './payment-workflow';

export interface RecordBatchPaymentInput {
  readonly orderBatchId: Id<'orderBatch'>;
  readonly method: OrderPaymentMethod;
  readonly amount: Money;
  /** The slip or transaction by which it is found outside; a method has each once. */
  readonly reference: string;
}

export type RecordedBatchPayment = { readonly orderBatchPaymentId: Id<'orderBatchPayment'>; readonly orderBatchId: Id<'orderBatch'> };

/** With the number of its part it is the reference of an order's payment, of at most 64 characters. */
const REFERENCE_LENGTH_MAX = 56;

/**
 * Records one payment for the orders of a batch 批量缴费: in the order of the file each order that waits gets what is left of it to pay,
 * until the amount is split. A worker records each part with its order.
 */
export function recordBatchPayment(
  engine: ProcessEngine,
  workflow: Workflow<PaymentWorkflowInput, void>,
): UseCase<RecordBatchPaymentInput, RecordedBatchPayment, BatchRefusal> {
  return {
    name: 'recordBatchPayment',
    permission: 'order:batch',
    constraints: {
      order_batch_payment_reference: () => refuseBatch('REFERENCE_TAKEN', 'reference'),
      order_batch_payment_under_way: () => refuseBatch('PAYMENT_UNDER_WAY', 'orderBatchId'),
    },
    async run(unit, { orderBatchId, method, amount, reference }) {
      const wrong = refusedBy<BatchRefusal>(
        isBlank(reference) && refuseBatch('BLANK', 'reference'),
        hasHiddenCharacters(reference) && refuseBatch('CHARACTERS_REFUSED', 'reference'),
        lengthOf(reference) > REFERENCE_LENGTH_MAX && refuseBatch('TOO_LONG', 'reference', { max: REFERENCE_LENGTH_MAX }),
      );
      if (wrong !== undefined) return wrong;
      const batch = await lockOrderBatch(unit, orderBatchId);
      if (batch === undefined) return refuseBatch('NOT_FOUND', 'orderBatchId');
      const earlier = await selectBatchPayments(unit, [orderBatchId]);
      if (earlier.some(({ state }) => state === 'RUNNING')) return refuseBatch('PAYMENT_UNDER_WAY', 'orderBatchId');
      if (earlier.length >= BATCH_PAYMENTS_MAX) return refuseBatch('TOO_MANY', 'orderBatchId', { max: BATCH_PAYMENTS_MAX });
      const outstanding = await selectOutstanding(unit, orderBatchId);
      const [first] = outstanding;
      if (first === undefined) return refuseBatch('NOTHING_TO_PAY', 'orderBatchId');
      const due = { amountMinor: outstanding.reduce((sum, { leftMinor }) => sum + leftMinor, 0n), currency: first.currency };
      if (amount.currency !== due.currency || amount.amountMinor <= 0n || amount.amountMinor > due.amountMinor) {
        return refuseBatch('AMOUNT_WRONG', 'amount', { due: `${formatAmount(due)} ${due.currency}` });
      }
      const id = newId('orderBatchPayment');
      const payment = { id, batchId: orderBatchId, method, reference: reference.trim(), amount, actor: unit.actor };
      await insertBatchPayment(unit.transaction, { ...payment, parts: split(outstanding, amount.amountMinor) }, unit.now);
      await engine.enqueue(unit.transaction, workflow, { orderBatchPaymentId: id }, { workflowId: `${PAYMENT_WORKFLOW_NAME}:${id}` });
      const after = { method, reference: payment.reference, amountMinor: amount.amountMinor.toString(), currency: amount.currency };
      unit.audit({ subjectKind: 'orderBatch', subjectId: orderBatchId, organisationId: batch.organisationId, before: null, after });
      unit.emit({ type: 'OrderBatchPaymentCreateEvent', subjectKind: 'orderBatch', subjectId: orderBatchId, payload: after });
      return ok({ orderBatchPaymentId: id, orderBatchId });
    },
  };
}

/** In the order of the file, each whole until the amount is used up. */
export function split(
  outstanding: readonly Outstanding[],
  amountMinor: bigint,
): { readonly orderId: Id<'order'>; readonly amountMinor: bigint }[] {
  let left = amountMinor;
  return outstanding.flatMap(({ orderId, leftMinor }) => {
    const part = leftMinor < left ? leftMinor : left;
    left -= part;
    return part > 0n ? [{ orderId, amountMinor: part }] : [];
  });
}
