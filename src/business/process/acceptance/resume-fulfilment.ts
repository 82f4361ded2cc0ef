import { refuseOrder, type OrderChanged } from '../../component/order';
import type { UseCase } from '../../execute';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import { beginAnew, openFulfilment } from '../fulfilment';
import { orderAsItIs } from './order-as-it-is';
import type { AcceptanceRefusal } from './refusals';
import { widen } from './widen';

/**
 * Has a worker go on with an order whose workflow was parked or failed, from where it stands. Where one is at work all the same, that one finds
 * that the order is in other hands.
 */
export const resumeFulfilment: UseCase<{ readonly orderId: Id<'order'> }, OrderChanged, AcceptanceRefusal> = {
  name: 'resumeFulfilment',
  permission: 'order:write',
  async run(unit, { orderId }) {
    const found = await orderAsItIs(widen(unit), orderId);
    if (!found.ok) return found;
    const { order } = found.value.inHand;
    if (order.state === 'held') return refuseOrder('NETWORK_UNSURE', 'orderId');
    const fulfilment = await openFulfilment(unit, orderId);
    if (fulfilment === undefined) return refuseOrder('STATE_REFUSES', 'orderId', { state: order.state });
    const round = await beginAnew(unit, order, fulfilment);
    const { state, organisationId } = order;
    unit.audit({ subjectKind: 'order', subjectId: orderId, organisationId, before: { round: fulfilment.round }, after: { round } });
    return ok({ orderId, state });
  },
};
