import type { OrderBatch, OrderBatchState } from '../../../data/operation/order-batch/order-batch';
import { lockOrderBatch, retryRefusedRows, setOrderBatchState } from '../../../data/operation/order-batch/write-order-batch';
import type { Unit } from '../../context';
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
  recordBatch(unit, batch, 'WAITING', { retried });
  return ok({ orderBatchId, state: 'WAITING' });
}

export interface RunnerOfBatch {
  readonly orderBatchId: Id<'orderBatch'>;
  readonly runner: string;
}

/** The line in the audit trail and the event of a batch that changes its state. */
export function recordBatch(
  unit: Unit,
  { id: subjectId, organisationId, state: before }: OrderBatch,
  state: OrderBatchState,
  more: { readonly retried?: number } = {},
): void {
  unit.audit({ subjectKind: 'orderBatch', subjectId, organisationId, before: { state: before }, after: { state, ...more } });
  unit.emit({ type: 'OrderBatchStateChangeEvent', subjectKind: 'orderBatch', subjectId, payload: { state } });
}
