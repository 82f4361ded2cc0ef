import { keepOrder, type OrderChanged } from '../../component/order';
import type { UseCase } from '../../execute';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import { askedOf, updateNetworkStep } from '../fulfilment';
import { orderAsItIs } from './order-as-it-is';
import type { AcceptanceRefusal } from './refusals';
import { widen } from './widen';

/** The queue of those who look after the network. */
export const NETWORK_QUEUE = 'NETWORK';

/**
 * Has a person find out what became of an item on the network 转人工核实, or take back what the network does not: by a work order. In the first case
 * the order is held until it is answered. A worker runs it, as the system. It does nothing where that is no longer the question.
 */
export const askOfNetwork: UseCase<{ readonly orderId: Id<'order'>; readonly itemNo: number }, OrderChanged, AcceptanceRefusal> = {
  name: 'askOfNetwork',
  permission: 'order:write',
  async run(unit, { orderId, itemNo }) {
    const found = await orderAsItIs(widen(unit), orderId);
    if (!found.ok) return found;
    const { inHand } = found.value;
    const { course } = inHand;
    const asked = await askedOf(unit, orderId, itemNo);
    const forward = course.state === 'inProgress' && asked?.fulfilment.failure === null && asked.step.state === 'UNSURE';
    if (asked === undefined || (!forward && asked.step.state !== 'UNDO_REFUSED')) return ok({ orderId, state: course.state });
    if (forward) course.move('held', { reason: 'NETWORK_UNSURE', note: asked.step.reason });
    inHand.work.push({ itemNo, queue: NETWORK_QUEUE });
    await updateNetworkStep(unit.transaction, { ...asked.step, state: forward ? 'ASKED' : 'UNDO_ASKED', changedAt: unit.now });
    return ok(await keepOrder(unit, inHand));
  },
};
