import { keepOrder, refuseOrder, type OrderChange, type OrderChanged } from '../../component/order';
import type { UseCase } from '../../execute';
import { isBefore } from '../../../kernel/period';
import { ok } from '../../../kernel/result';
import { giveBack } from './give-back';
import { orderToProceed } from './order-to-proceed';
import type { AcceptanceRefusal } from './refusals';

/**
 * Cancels an order that was not paid, or not decided on, in time 逾期撤单. The clock runs it, as the system; what comes before it
 * does is in time.
 */
export const expireOrder: UseCase<OrderChange, OrderChanged, AcceptanceRefusal> = {
  name: 'expireOrder',
  permission: 'order:write',
  async run(unit, input) {
    const found = await orderToProceed(unit, input, 'order:write');
    if (!found.ok) return found;
    const { accepting, inHand } = found.value;
    const { state, expiresAt } = inHand.order;
    const waits = state === 'pending' || state === 'held';
    if (!waits || expiresAt === null || isBefore(unit.now, expiresAt)) return refuseOrder('STATE_REFUSES', 'orderId', { state });
    inHand.course.move('cancelled', { reason: 'EXPIRED' });
    await giveBack(accepting, inHand);
    return ok(await keepOrder(unit, inHand));
  },
};
