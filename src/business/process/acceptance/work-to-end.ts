import { refuseOrder, selectWorkOrderFor, type OrderItem, type WorkOrderChange } from '../../component/order';
import type { Unit } from '../../context';
import { invariant } from '../../../kernel/failure';
import { ok, type Result } from '../../../kernel/result';
import { orderAsItIs } from './order-as-it-is';
import type { OrderToProceed } from './order-to-proceed';
import type { AcceptanceRefusal } from './refusals';
import { widen } from './widen';

export interface WorkToEnd extends OrderToProceed {
  /** What the step is of. */
  readonly item: OrderItem;
}

/**
 * Finds a work order in scope and locks the parties and the order that it belongs to, whatever the worker may see of them. The work
 * order itself is locked after them.
 */
export async function workToEnd(unit: Unit, { workOrderId }: WorkOrderChange): Promise<Result<WorkToEnd, AcceptanceRefusal>> {
  const work = await selectWorkOrderFor(unit, workOrderId, 'workorder:write');
  if (work === undefined) return refuseOrder('NOT_FOUND', 'workOrderId');
  if (work.state === 'completed' || work.state === 'cancelled')
    return refuseOrder('WORK_STATE_REFUSES', 'workOrderId', { state: work.state });
  const found = await orderAsItIs(widen(unit), work.orderId);
  if (!found.ok) return found;
  const item = found.value.inHand.items.find(({ itemNo }) => itemNo === work.itemNo);
  invariant(item !== undefined, 'a work order belongs to an item');
  return ok({ ...found.value, item });
}
