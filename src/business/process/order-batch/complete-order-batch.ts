import { lockOrderBatch, setOrderBatchState } from '../../../data/operation/order-batch/write-order-batch';
import type { UseCase } from '../../execute';
import { ok } from '../../../kernel/result';
import { recordBatch, type BatchMoved, type RunnerOfBatch } from './batch-course';
import { refuseBatch, type BatchRefusal } from './refusals';

/** Ends a batch none of whose rows wait. */
export const completeOrderBatch: UseCase<RunnerOfBatch, BatchMoved, BatchRefusal> = {
  name: 'completeOrderBatch',
  permission: 'order:batch',
  async run(unit, { orderBatchId, runner }) {
    const batch = await lockOrderBatch(unit, orderBatchId);
    if (batch === undefined) return refuseBatch('NOT_FOUND', 'orderBatchId');
    if (batch.runner !== runner) return refuseBatch('BATCH_TAKEN_OVER', 'runner');
    await setOrderBatchState(unit.transaction, orderBatchId, { ...batch, state: 'COMPLETED', runner: null }, unit.now);
    recordBatch(unit, batch, 'COMPLETED');
    return ok({ orderBatchId, state: 'COMPLETED' });
  },
};
