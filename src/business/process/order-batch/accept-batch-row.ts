import type { BatchRowState } from '../../../data/operation/order-batch/order-batch';
import { holdOrderBatch, lockBatchRow, setBatchRow } from '../../../data/operation/order-batch/write-order-batch';
import type { UseCase } from '../../execute';
import type { Id } from '../../../kernel/id';
import { ok, type Refusal } from '../../../kernel/result';
import { quoteOrderIn, submitOrder, submitOrderIn, type AcceptanceRefusal } from '../acceptance';
import { refuseBatch, type BatchRefusal } from './refusals';
import { rowAsked } from './row-asked';
import { orderOfRow, toRowRefusal } from './row-order';

export interface RowOfBatch {
  readonly orderBatchId: Id<'orderBatch'>;
  readonly row: number;
  readonly runner: string;
}

export type RowDone = { readonly state: BatchRowState };

/**
 * Quotes and submits the order of one row, in one transaction with what is known of the row: however often it is asked for, and by
 * whomever, there is one order. Refused, it leaves nothing.
 */
export const acceptBatchRow: UseCase<RowOfBatch, RowDone, AcceptanceRefusal | BatchRefusal> = {
  name: 'acceptBatchRow',
  permission: 'order:batch',
  constraints: Object.fromEntries(
    Object.entries(submitOrder.constraints ?? {}).map(([name, refuse]) => [name, refuse as () => ReturnType<typeof refuseBatch>]),
  ),
  async run(unit, { orderBatchId, row, runner }) {
    const batch = await holdOrderBatch(unit.transaction, orderBatchId);
    if (batch?.runner !== runner) return refuseBatch('BATCH_TAKEN_OVER', 'runner');
    const locked = await lockBatchRow(unit.transaction, orderBatchId, row);
    if (locked === undefined) return refuseBatch('NOT_FOUND', 'row');
    if (locked.state !== 'WAITING') return ok({ state: locked.state });
    const asked = rowAsked.parse(locked.asked);
    const told = (refusals: readonly Refusal<AcceptanceRefusal>[]): { ok: false; refusals: readonly Refusal<AcceptanceRefusal>[] } => {
      return { ok: false, refusals: refusals.map((refusal) => toRowRefusal(refusal, asked)) };
    };
    const order = await orderOfRow(unit, batch, asked);
    if (!order.ok) return told(order.refusals);
    const quoted = await quoteOrderIn(unit, order.value);
    if (!quoted.ok) return told(quoted.refusals);
    const submitted = await submitOrderIn(unit, quoted.value);
    if (!submitted.ok) return told(submitted.refusals);
    await setBatchRow(unit.transaction, locked, { state: 'ACCEPTED', orderId: submitted.value.orderId, refusals: null });
    return ok({ state: 'ACCEPTED' });
  },
};
