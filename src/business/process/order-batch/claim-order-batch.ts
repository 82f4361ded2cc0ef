import type { OrderBatchState } from '../../../data/operation/order-batch/order-batch';
import { lockOrderBatch, setOrderBatchState } from '../../../data/operation/order-batch/write-order-batch';
import type { UseCase } from '../../execute';
import { ok } from '../../../kernel/result';
import { recordBatch, type RunnerOfBatch } from './batch-course';
import { refuseBatch, type BatchRefusal } from './refusals';

/** Takes up a batch that its runner was given; where somebody has stopped it since, there is nothing to do. */
export const claimOrderBatch: UseCase<RunnerOfBatch, { readonly given: boolean; readonly state: OrderBatchState }, BatchRefusal> = {
  name: 'claimOrderBatch',
  permission: 'order:batch',
  async run(unit, { orderBatchId, runner }) {
    const batch = await lockOrderBatch(unit, orderBatchId);
    if (batch === undefined) return refuseBatch('NOT_FOUND', 'orderBatchId');
    if (batch.runner !== runner) return ok({ given: false, state: batch.state });
    if (batch.state === 'WAITING') {
      await setOrderBatchState(unit.transaction, orderBatchId, { ...batch, state: 'RUNNING' }, unit.now);
      recordBatch(unit, batch, 'RUNNING');
    }
    return ok({ given: true, state: 'RUNNING' });
  },
};
