import type { BatchRowState } from '../../../data/operation/order-batch/order-batch';
import { holdOrderBatch, lockBatchRows, setRowsAccepted } from '../../../data/operation/order-batch/write-order-batch';
import type { UseCase } from '../../execute';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import { quoteOrderIn, submitOrder, submitOrderIn, type AcceptanceRefusal } from '../acceptance';
import { refuseBatch, type BatchRefusal } from './refusals';
import { rowAsked } from './row-asked';
import { orderOfRows } from './row-order';

export interface RowOfBatch {
  readonly orderBatchId: Id<'orderBatch'>;
  readonly row: number;
  readonly runner: string;
}

export type RowDone = { readonly state: BatchRowState };

/**
 * Quotes and submits the order of one row, or of the group that begins with it, in one transaction with what is known of the rows: however
 * often it is asked for, and by whomever, there is one order. Refused, it leaves nothing, and says so of the items of the order.
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
    const rows = await lockBatchRows(unit.transaction, orderBatchId, row);
    const [first] = rows;
    if (first === undefined) return refuseBatch('NOT_FOUND', 'row');
    if (first.state !== 'WAITING') return ok({ state: first.state });
    const order = await orderOfRows(unit, batch, rows.map(({ asked }) => rowAsked.parse(asked))); // prettier-ignore
    if (!order.ok) return order;
    const quoted = await quoteOrderIn(unit, order.value);
    if (!quoted.ok) return quoted;
    const submitted = await submitOrderIn(unit, quoted.value);
    if (!submitted.ok) return submitted;
    await setRowsAccepted(unit.transaction, orderBatchId, { rows: rows.map((one) => one.row), orderId: submitted.value.orderId });
    return ok({ state: 'ACCEPTED' });
  },
};
