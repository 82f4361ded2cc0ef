import { lockWorkOrder, updateWorkOrder } from '../../../data/operation/order/work-order';
import type { UseCase } from '../../execute';
import { decodeId, type Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import { refuseOrder, type OrderRefusal } from './model/refusals';
import { recordWork, type WorkOrderChange } from './work-orders';

/** Takes a work order from its queue 领取工单: from then on it is the caller's. */
export const claimWorkOrder: UseCase<WorkOrderChange, { workOrderId: Id<'workOrder'> }, OrderRefusal> = {
  name: 'claimWorkOrder',
  permission: 'workorder:write',
  async run(unit, { workOrderId, expectedVersion }) {
    const assigneeId = unit.actor.kind === 'STAFF' ? decodeId('staff', unit.actor.id) : undefined;
    if (assigneeId === undefined) return refuseOrder('ONLY_STAFF', 'workOrderId');
    const work = await lockWorkOrder(unit, workOrderId, 'workorder:write');
    if (work === undefined) return refuseOrder('NOT_FOUND', 'workOrderId');
    if (work.state === 'active' && work.assigneeId !== assigneeId) return refuseOrder('WORK_TAKEN', 'workOrderId');
    if (work.version !== expectedVersion) return refuseOrder('STALE_VERSION', 'expectedVersion', { version: work.version });
    if (work.state !== 'new') return refuseOrder('WORK_STATE_REFUSES', 'workOrderId', { state: work.state });
    await updateWorkOrder(unit.transaction, work, { state: 'active', assigneeId });
    recordWork(unit, work, { state: 'active', assigneeId });
    return ok({ workOrderId });
  },
};
