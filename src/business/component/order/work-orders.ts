import {
  cancelWorkOrders, insertWorkOrders, lockWorkOrder, updateWorkOrder, type WorkOrder,
} from '../../../data/operation/order/work-order'; // prettier-ignore
import type { ProductOrder } from '../../../data/operation/order/product-order';
import type { WorkOrderState } from '../../../data/operation/order/work-order-state';
import type { Unit } from '../../context';
import { newId, type Id } from '../../../kernel/id';
import { ok, type Result } from '../../../kernel/result';
import { refuseOrder, type OrderRefusal } from './model/refusals';
import type { NewWork } from './order-in-hand';

/** What every change of a work order names: which, and what version of it the caller saw. */
export interface WorkOrderChange {
  readonly workOrderId: Id<'workOrder'>;
  readonly expectedVersion: number;
}

/** Puts a step of an item into a queue of the hall that accepted its order; it is due when the order is. */
export async function openWorkOrder(
  unit: Unit,
  { id: orderId, organisationId, priority, dueAt }: Pick<ProductOrder, 'id' | 'organisationId' | 'priority' | 'dueAt'>,
  { itemNo, queue }: NewWork,
): Promise<void> {
  const id = newId('workOrder');
  const work = { id, orderId, itemNo, queue, organisationId, priority, dueAt, state: 'new' as const };
  await insertWorkOrders(unit.transaction, [{ ...work, assigneeId: null, note: null, endedAt: null, version: 1, createdAt: unit.now }]);
  const after = { orderId, itemNo, queue, state: 'new' };
  unit.audit({ subjectKind: 'workOrder', subjectId: id, organisationId, before: null, after });
  unit.emit({ type: 'WorkOrderCreateEvent', subjectKind: 'workOrder', subjectId: id, payload: after });
}

/** Locks an open work order of the version that the caller saw, after its order. */
export async function workOrderToEnd(
  unit: Unit,
  { workOrderId, expectedVersion }: WorkOrderChange,
): Promise<Result<WorkOrder, OrderRefusal>> {
  const work = await lockWorkOrder(unit, workOrderId, 'workorder:write');
  if (work === undefined) return refuseOrder('NOT_FOUND', 'workOrderId');
  if (work.version !== expectedVersion) return refuseOrder('STALE_VERSION', 'expectedVersion', { version: work.version });
  return work.state === 'new' || work.state === 'active'
    ? ok(work)
    : refuseOrder('WORK_STATE_REFUSES', 'workOrderId', { state: work.state });
}

/** Ends a locked work order: what was to be done has been, or cannot be. */
export async function endWorkOrder(unit: Unit, work: WorkOrder, state: 'completed' | 'cancelled', note: string | null): Promise<void> {
  await updateWorkOrder(unit.transaction, work, { state, note, endedAt: unit.now });
  recordWork(unit, work, { state, note });
}

/** Takes back the open work orders of a locked order. */
export async function withdrawWorkOrders(
  unit: Unit,
  { id: orderId, organisationId }: Pick<ProductOrder, 'id' | 'organisationId'>,
): Promise<void> {
  for (const id of await cancelWorkOrders(unit.transaction, orderId, unit.now)) {
    recordWork(unit, { id, organisationId }, { state: 'cancelled' });
  }
}

export function recordWork(
  unit: Unit,
  { id: subjectId, organisationId }: Pick<WorkOrder, 'id' | 'organisationId'>,
  after: { readonly state: WorkOrderState; readonly assigneeId?: Id<'staff'>; readonly note?: string | null },
): void {
  unit.audit({ subjectKind: 'workOrder', subjectId, organisationId, before: null, after });
  unit.emit({ type: 'WorkOrderStateChangeEvent', subjectKind: 'workOrder', subjectId, payload: { state: after.state } });
}
