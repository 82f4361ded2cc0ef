import { keepOrder, refuseOrder, withdrawWorkOrders, type OrderChange, type OrderChanged, type OrderInHand } from '../../component/order';
import type { UseCase } from '../../execute';
import type { Unit } from '../../context';
import { ok, type Result } from '../../../kernel/result';
import { openFulfilment } from '../fulfilment';
import { checkNote } from './check-note';
import { giveBack } from './give-back';
import { orderToProceed, type OrderToProceed } from './order-to-proceed';
import type { AcceptanceRefusal } from './refusals';

export interface CancelOrderInput extends OrderChange {
  readonly note: string | null;
}

/**
 * Takes an order back 撤单, as long as nothing of it has been done; what was kept ready for it is free again. Where the network has been told of it, that
 * is taken back first.
 */
export const cancelOrder: UseCase<CancelOrderInput, OrderChanged, AcceptanceRefusal> = {
  name: 'cancelOrder',
  permission: 'order:write',
  async run(unit, input) {
    const wrong = checkNote(input.note);
    if (wrong !== undefined) return wrong;
    const found = await orderToProceed(unit, input, 'order:write');
    if (!found.ok) return found;
    const { accepting, inHand } = found.value;
    if (inHand.order.pointOfNoReturn) return refuseOrder('POINT_OF_NO_RETURN', 'orderId');
    const { state } = inHand.course;
    if (state === 'pendingCancellation') return refuseOrder('STATE_REFUSES', 'orderId', { state });
    if ((await openFulfilment(unit, inHand.order.id)) !== undefined) return takeBack(unit, found.value, input.note);
    moveToCancelled(inHand, input.note);
    await giveBack(accepting, inHand);
    return ok(await keepOrder(unit, inHand));
  },
};

/** Has the workflow that carries the order out take back what the network has done: it is cancelled when that is done. */
async function takeBack(
  unit: Unit,
  { accepting, inHand }: OrderToProceed,
  note: string | null,
): Promise<Result<OrderChanged, AcceptanceRefusal>> {
  const { course, order } = inHand;
  if (course.state === 'held') return refuseOrder('NETWORK_UNSURE', 'orderId');
  course.move('assessingCancellation', { reason: 'CANCELLATION_ASKED', note });
  course.move('pendingCancellation', { reason: 'CANCELLATION_AGREED' });
  await withdrawWorkOrders(accepting.wide, order);
  return ok(await keepOrder(unit, inHand));
}

/** What only waits is cancelled; of what has begun, the cancellation is assessed and agreed to first, as TMF622 draws it. */
export function moveToCancelled({ course }: OrderInHand, note: string | null): void {
  if (course.state === 'inProgress') {
    course.move('assessingCancellation', { reason: 'CANCELLATION_ASKED', note });
    course.move('pendingCancellation', { reason: 'CANCELLATION_AGREED' });
  }
  course.move('cancelled', { reason: 'CANCELLED', note });
}
