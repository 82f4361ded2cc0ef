import { endWorkOrder, giveBackPayments, keepOrder, refuseOrder, workOrderToEnd, type OrderChanged } from '../../component/order';
import type { UseCase } from '../../execute';
import { ok } from '../../../kernel/result';
import { askedOf } from '../fulfilment';
import { answerForNetwork } from './answer-for-network';
import { checkNote } from './check-note';
import type { EndWorkOrderInput } from './complete-work-order';
import { letNumbersGo } from './keep-numbers';
import type { AcceptanceRefusal } from './refusals';
import { workToEnd } from './work-to-end';

/**
 * Says that people cannot do their step 工单退回: its item fails, and with the last one the order ends failed, or partly done. Of a step
 * on the network it says that the network has not done it: the order is taken back.
 */
export const failWorkOrder: UseCase<EndWorkOrderInput, OrderChanged, AcceptanceRefusal> = {
  name: 'failWorkOrder',
  permission: 'workorder:write',
  async run(unit, input) {
    const wrong = checkNote(input.note);
    if (wrong !== undefined) return wrong;
    const found = await workToEnd(unit, input);
    if (!found.ok) return found;
    const { accepting, inHand, item } = found.value;
    const work = await workOrderToEnd(unit, input);
    if (!work.ok) return work;
    const asked = await askedOf(unit, inHand.order.id, item.itemNo);
    if (asked !== undefined) return answerForNetwork(unit, found.value, { asked, work: work.value, done: false, note: input.note });
    if (inHand.course.state !== 'inProgress') return refuseOrder('STATE_REFUSES', 'workOrderId', { state: inHand.course.state });
    inHand.course.moveItem(item.itemNo, 'failed', { reason: 'NOT_DONE', note: input.note });
    await endWorkOrder(unit, work.value, 'cancelled', input.note);
    // What was done in part is settled by people; what came to nothing costs nothing.
    const state = inHand.course.settle();
    if (state === 'failed') await giveBackPayments(accepting.wide, inHand);
    if (state === 'failed' || state === 'partial') await letNumbersGo(accepting.wide, inHand);
    return ok(await keepOrder(unit, inHand));
  },
};
