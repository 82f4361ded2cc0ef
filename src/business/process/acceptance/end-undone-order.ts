import { giveBackPayments, keepOrder, type OrderChanged, type OrderInHand } from '../../component/order';
import type { Unit } from '../../context';
import type { UseCase } from '../../execute';
import type { Id } from '../../../kernel/id';
import { ok, type Refusal } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';
import { endFulfilment, failureOf, openFulfilment } from '../fulfilment';
import { setResult } from './carry-out';
import { fulfilledItems } from './fulfilled-items';
import { letNumbersGo } from './keep-numbers';
import { orderAsItIs } from './order-as-it-is';
import type { OrderToProceed } from './order-to-proceed';
import type { AcceptanceRefusal } from './refusals';
import { widen } from './widen';

/**
 * Ends an order of which the network has taken everything back: cancelled, where that was asked for; else its items fail with the reason. What was
 * paid is returned and numbers are free again. A worker runs it, as the system.
 */
export const endUndoneOrder: UseCase<{ readonly orderId: Id<'order'> }, OrderChanged, AcceptanceRefusal> = {
  name: 'endUndoneOrder',
  permission: 'order:write',
  async run(unit, { orderId }) {
    // What was charged is taken back: that locks the account.
    const found = await orderAsItIs(widen(unit), orderId, { charges: true });
    if (!found.ok) return found;
    const { accepting, inHand } = found.value;
    const { course } = inHand;
    const fulfilment = await openFulfilment(unit, orderId);
    if (fulfilment === undefined) return ok({ orderId, state: course.state });
    if (course.state === 'pendingCancellation') course.move('cancelled', { reason: 'CANCELLED' });
    else await failItems(found.value, failureOf(fulfilment));
    await settleUndone(accepting.wide, inHand);
    await endFulfilment(unit, fulfilment);
    return ok(await keepOrder(unit, inHand));
  },
};

async function failItems(order: OrderToProceed, refusals: readonly Refusal[]): Promise<void> {
  const { inHand } = order;
  const note = refusals[0]?.message.zh ?? null;
  for (const item of await fulfilledItems(order)) {
    setResult(inHand, item, { refusals } as unknown as Json, null);
    inHand.course.moveItem(item.itemNo, 'failed', { reason: 'NOT_DONE', note });
  }
  inHand.course.settle();
}

/** What was done in part is settled by people; what came to nothing costs nothing. */
async function settleUndone(wide: Unit, inHand: OrderInHand): Promise<void> {
  const { state } = inHand.course;
  if (state === 'failed' || state === 'cancelled') await giveBackPayments(wide, inHand);
  if (state !== 'inProgress') await letNumbersGo(wide, inHand);
}
