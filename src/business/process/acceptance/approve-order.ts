import { hadHandIn, refuseOrder, type OrderChange, type OrderChanged } from '../../component/order';
import type { UseCase } from '../../execute';
import { checkAuthority } from './check-authority';
import { checkNote } from './check-note';
import { orderToProceed } from './order-to-proceed';
import { proceedOrder } from './proceed-order';
import type { AcceptanceRefusal } from './refusals';
import { TAKEN_MEANWHILE } from './taken-meanwhile';

export interface DecideOrderInput extends OrderChange {
  readonly note: string | null;
}

/**
 * Agrees to what was given away on an order 审批通过, within his own authority; nobody agrees to what he quoted, accepted or amended
 * himself. It then waits for its payment or its start, or is done.
 */
export const approveOrder: UseCase<DecideOrderInput, OrderChanged, AcceptanceRefusal> = {
  name: 'approveOrder',
  permission: 'order:approve',
  constraints: TAKEN_MEANWHILE,
  async run(unit, input) {
    const wrong = checkNote(input.note);
    if (wrong !== undefined) return wrong;
    const found = await orderToProceed(unit, input, 'order:approve', { charges: true });
    if (!found.ok) return found;
    const { order, course } = found.value.inHand;
    // One that waits for an answer of the network is held too.
    if (course.state !== 'held' || order.approval !== 'NEEDED') return refuseOrder('STATE_REFUSES', 'orderId', { state: course.state });
    if (await hadHandIn(unit.transaction, order.id, unit.actor)) return refuseOrder('APPROVER_ASKED', 'orderId');
    const beyond = await checkAuthority(found.value.accepting, found.value.inHand);
    if (beyond !== undefined) return beyond;
    found.value.inHand.changes = { approval: 'GIVEN' };
    return proceedOrder(found.value, { reason: 'APPROVED', note: input.note });
  },
};
