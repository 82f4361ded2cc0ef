import { endWorkOrder, keepOrder, refuseOrder, workOrderToEnd, type OrderChanged, type WorkOrderChange } from '../../component/order';
import type { UseCase } from '../../execute';
import { ok } from '../../../kernel/result';
import { askedOf, tellMore } from '../fulfilment';
import { answerForNetwork } from './answer-for-network';
import { carryOutItems } from './carry-out';
import { checkAgain } from './check-items';
import { checkNote } from './check-note';
import { stepAfterPeople } from './step-after-people';
import { TAKEN_MEANWHILE } from './taken-meanwhile';
import { workToEnd } from './work-to-end';
import type { AcceptanceRefusal } from './refusals';

export interface EndWorkOrderInput extends WorkOrderChange {
  readonly note: string | null;
}

/**
 * Says that people have done their step 工单回单: its item takes effect now, or once a system of the network has been told of it; with the
 * last one the order is done. Of a step on the network it says that the network has done it.
 */
export const completeWorkOrder: UseCase<EndWorkOrderInput, OrderChanged, AcceptanceRefusal> = {
  name: 'completeWorkOrder',
  permission: 'workorder:write',
  constraints: TAKEN_MEANWHILE,
  async run(unit, input) {
    const wrong = checkNote(input.note);
    if (wrong !== undefined) return wrong;
    const found = await workToEnd(unit, input);
    if (!found.ok) return found;
    const { accepting, inHand, item } = found.value;
    const work = await workOrderToEnd(unit, input);
    if (!work.ok) return work;
    const asked = await askedOf(unit, inHand.order.id, item.itemNo);
    if (asked !== undefined) return answerForNetwork(unit, found.value, { asked, work: work.value, done: true, note: input.note });
    if (inHand.course.state !== 'inProgress') return refuseOrder('STATE_REFUSES', 'workOrderId', { state: inHand.course.state });
    const refused = await checkAgain(accepting, item);
    if (refused !== undefined) return refused;
    const step = await stepAfterPeople(found.value, item);
    const done = step === undefined ? await carryOutItems(accepting, inHand, [item]) : await tellMore(unit, inHand.order, step);
    if (!done.ok) return done;
    await endWorkOrder(unit, work.value, 'completed', input.note);
    inHand.course.settle();
    return ok(await keepOrder(unit, inHand));
  },
};
