import { keepOrder, type OrderChanged } from '../../component/order';
import type { UseCase } from '../../execute';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import { endFulfilment, openFulfilment, openSteps } from '../fulfilment';
import { carryOutAll } from './carry-out';
import { fulfilledItems } from './fulfilled-items';
import { orderAsItIs } from './order-as-it-is';
import type { AcceptanceRefusal } from './refusals';
import { TAKEN_MEANWHILE } from './taken-meanwhile';
import { widen } from './widen';

/**
 * Carries out an order of which the network has been told 竣工: every item that is not people's takes effect in one unit, or none does.
 * A worker runs it, as the system. One whose cancellation came first is left as it is.
 */
export const activateOrder: UseCase<{ readonly orderId: Id<'order'> }, OrderChanged, AcceptanceRefusal> = {
  name: 'activateOrder',
  permission: 'order:write',
  constraints: TAKEN_MEANWHILE,
  async run(unit, { orderId }) {
    const found = await orderAsItIs(widen(unit), orderId);
    if (!found.ok) return found;
    const { accepting, inHand } = found.value;
    const fulfilment = await openFulfilment(unit, orderId);
    const { state } = inHand.course;
    if (fulfilment === undefined || fulfilment.failure !== null || state !== 'inProgress') return ok({ orderId, state });
    // People may have done their step of one more item since the round decided: the network is told of that first.
    if ((await openSteps(unit, orderId)).some((step) => step.state !== 'DONE')) return ok({ orderId, state });
    const done = await carryOutAll(accepting, inHand, await fulfilledItems(found.value), 'UNCHECKED');
    if (!done.ok) return done;
    inHand.course.settle();
    await endFulfilment(unit, fulfilment);
    return ok(await keepOrder(unit, inHand));
  },
};
