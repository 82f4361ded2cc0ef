import { holdOrderBatch, lockBatchRows, setRowsRefused } from '../../../data/operation/order-batch/write-order-batch';
import type { UseCase } from '../../execute';
import { ok, type Refusal } from '../../../kernel/result';
import type { RowDone, RowOfBatch } from './accept-batch-row';
import { rowAsked } from './row-asked';
import { refusalsOfRows } from './row-refusals';
import { refuseBatch, type BatchRefusal } from './refusals';

export interface RefusedRow extends RowOfBatch {
  readonly refusals: readonly Refusal[];
}

/** Writes down why the order of a row, or of the group that begins with it, was refused; one that was accepted meanwhile stays so. */
export const noteRefusedRow: UseCase<RefusedRow, RowDone, BatchRefusal> = {
  name: 'noteRefusedRow',
  permission: 'order:batch',
  async run(unit, { orderBatchId, row, runner, refusals }) {
    const batch = await holdOrderBatch(unit.transaction, orderBatchId);
    if (batch?.runner !== runner) return refuseBatch('BATCH_TAKEN_OVER', 'runner');
    const rows = await lockBatchRows(unit.transaction, orderBatchId, row);
    const [first] = rows;
    if (first === undefined) return refuseBatch('NOT_FOUND', 'row');
    if (first.state !== 'WAITING') return ok({ state: first.state });
    const told = refusalsOfRows(rows.map(({ row: number, asked }) => ({ row: number, asked: rowAsked.parse(asked) })), refusals); // prettier-ignore
    await setRowsRefused(unit.transaction, orderBatchId, told);
    unit.audit({
      subjectKind: 'orderBatch',
      subjectId: orderBatchId,
      organisationId: batch.organisationId,
      before: null,
      after: { row, refused: refusals.map(({ code }) => code) },
    });
    return ok({ state: 'REFUSED' });
  },
};
