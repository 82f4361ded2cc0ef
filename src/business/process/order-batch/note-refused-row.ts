import { holdOrderBatch, lockBatchRow, setBatchRow } from '../../../data/operation/order-batch/write-order-batch';
import type { UseCase } from '../../execute';
import { ok, type Refusal } from '../../../kernel/result';
import type { RowDone, RowOfBatch } from './accept-batch-row';
import { refuseBatch, type BatchRefusal } from './refusals';

export interface RefusedRow extends RowOfBatch {
  readonly refusals: readonly Refusal[];
}

/** Writes down why a row was refused; one that was accepted meanwhile stays so. */
export const noteRefusedRow: UseCase<RefusedRow, RowDone, BatchRefusal> = {
  name: 'noteRefusedRow',
  permission: 'order:batch',
  async run(unit, { orderBatchId, row, runner, refusals }) {
    const batch = await holdOrderBatch(unit.transaction, orderBatchId);
    if (batch?.runner !== runner) return refuseBatch('BATCH_TAKEN_OVER', 'runner');
    const locked = await lockBatchRow(unit.transaction, orderBatchId, row);
    if (locked === undefined) return refuseBatch('NOT_FOUND', 'row');
    if (locked.state !== 'WAITING') return ok({ state: locked.state });
    await setBatchRow(unit.transaction, locked, { state: 'REFUSED', orderId: null, refusals });
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
