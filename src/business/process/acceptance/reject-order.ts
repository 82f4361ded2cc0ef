import { keepOrder, refuseOrder, type OrderChanged } from '../../component/order';
import type { UseCase } from '../../execute';
import { ok } from '../../../kernel/result';
import type { DecideOrderInput } from './approve-order';
import { checkNote } from './check-note';
import { giveBack } from './give-back';
import { orderToProceed } from './order-to-proceed';
import type { AcceptanceRefusal } from './refusals';

/** Does not agree to what was granted on an order 审批驳回: it is cancelled. */
export const rejectOrder: UseCase<DecideOrderInput, OrderChanged, AcceptanceRefusal> = {
  name: 'rejectOrder',
  permission: 'order:approve',
  async run(unit, input) {
    const wrong = checkNote(input.note);
    if (wrong !== undefined) return wrong;
    const found = await orderToProceed(unit, input, 'order:approve');
    if (!found.ok) return found;
    const { inHand } = found.value;
    const { course, order } = inHand;
    if (course.state !== 'held' || order.approval !== 'NEEDED') return refuseOrder('STATE_REFUSES', 'orderId', { state: course.state });
    course.move('cancelled', { reason: 'REJECTED', note: input.note });
    await giveBack(found.value.accepting, inHand);
    return ok(await keepOrder(unit, inHand));
  },
};
