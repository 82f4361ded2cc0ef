import { lockOrderBatch, setOrderBatchState } from '../../../data/operation/order-batch/write-order-batch';
import type { UseCase } from '../../execute';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import { recordBatch, type BatchMoved } from './batch-course';
import { refuseBatch, type BatchRefusal } from './refusals';

/** Stops a batch 停止批量受理 behind the row that is under way, whoever is at it; what was accepted stays. */
export const stopOrderBatch: UseCase<{ readonly orderBatchId: Id<'orderBatch'> }, BatchMoved, BatchRefusal> = {
  name: 'stopOrderBatch',
  permission: 'order:batch',
  async run(unit, { orderBatchId }) {
    const batch = await lockOrderBatch(unit, orderBatchId);
    if (batch === undefined) return refuseBatch('NOT_FOUND', 'orderBatchId');
    if (batch.state === 'COMPLETED') return refuseBatch('BATCH_ENDED', 'orderBatchId');
    if (batch.state !== 'STOPPED') {
      await setOrderBatchState(unit.transaction, orderBatchId, { ...batch, state: 'STOPPED', runner: null }, unit.now);
      recordBatch(unit, batch, 'STOPPED');
    }
    return ok({ orderBatchId, state: 'STOPPED' });
  },
};
