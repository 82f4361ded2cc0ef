import type { OrderBatch, OrderBatchState } from '../../../data/operation/order-batch/order-batch';
import { lockOrderBatch, retryRefusedRows, setOrderBatchState } from '../../../data/operation/order-batch/write-order-batch';
import type { Unit } from '../../context';
import type { UseCase } from '../../execute';
import type { Id } from '../../../kernel/id';
import { ok, type Result } from '../../../kernel/result';
import { writeGrants } from './grants';
import { refuseBatch, type BatchRefusal } from './refusals';

export type BatchMoved = { readonly orderBatchId: Id<'orderBatch'>; readonly state: OrderBatchState };

export interface BatchToBegin {
  readonly orderBatchId: Id<'orderBatch'>;
  /** Rows whose orders were refused are tried again. */
  readonly retryRefused: boolean;
}

/**
 * Gives a batch to a runner, who from then on acts with what the caller may do now. One that is under way stays with its runner, unless
 * it is taken over: then he is told at his next row. One that has been worked through stays so, unless its refused rows are to be tried again.
 */
export async function beginBatch(
  unit: Unit,
  { orderBatchId, retryRefused }: BatchToBegin,
  { newRunner, takeOver = false }: { readonly newRunner: () => Promise<string>; readonly takeOver?: boolean },
): Promise<Result<BatchMoved, BatchRefusal>> {
  const batch = await lockOrderBatch(unit, orderBatchId);
  if (batch === undefined) return refuseBatch('NOT_FOUND', 'orderBatchId');
  const retried = retryRefused ? await retryRefusedRows(unit.transaction, orderBatchId) : 0;
  const { state } = batch;
  const underWay = state === 'WAITING' || state === 'RUNNING';
  if ((underWay && !takeOver) || (state === 'COMPLETED' && retried === 0)) return ok({ orderBatchId, state });
  const { kind, id } = unit.actor;
  const standing = { state: 'WAITING', runner: await newRunner(), grants: writeGrants(unit.scope), actor: { kind, id } } as const;
  await setOrderBatchState(unit.transaction, orderBatchId, standing, unit.now);
  record(unit, batch, 'WAITING', { retried });
  return ok({ orderBatchId, state: 'WAITING' });
}

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
      record(unit, batch, 'STOPPED');
    }
    return ok({ orderBatchId, state: 'STOPPED' });
  },
};

export interface RunnerOfBatch {
  readonly orderBatchId: Id<'orderBatch'>;
  readonly runner: string;
}

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
      record(unit, batch, 'RUNNING');
    }
    return ok({ given: true, state: 'RUNNING' });
  },
};

/** Ends a batch none of whose rows wait. */
export const completeOrderBatch: UseCase<RunnerOfBatch, BatchMoved, BatchRefusal> = {
  name: 'completeOrderBatch',
  permission: 'order:batch',
  async run(unit, { orderBatchId, runner }) {
    const batch = await lockOrderBatch(unit, orderBatchId);
    if (batch === undefined) return refuseBatch('NOT_FOUND', 'orderBatchId');
    if (batch.runner !== runner) return refuseBatch('BATCH_TAKEN_OVER', 'runner');
    await setOrderBatchState(unit.transaction, orderBatchId, { ...batch, state: 'COMPLETED', runner: null }, unit.now);
    record(unit, batch, 'COMPLETED');
    return ok({ orderBatchId, state: 'COMPLETED' });
  },
};

function record(
  unit: Unit,
  { id: subjectId, organisationId, state: before }: OrderBatch,
  state: OrderBatchState,
  more: { readonly retried?: number } = {},
): void {
  unit.audit({ subjectKind: 'orderBatch', subjectId, organisationId, before: { state: before }, after: { state, ...more } });
  unit.emit({ type: 'OrderBatchStateChangeEvent', subjectKind: 'orderBatch', subjectId, payload: { state } });
}
