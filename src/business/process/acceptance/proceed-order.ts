import { gateOf, keepOrder, passTo, type Because, type OrderChanged, type QuoteLine } from '../../component/order';
import { ok, type Result } from '../../../kernel/result';
import { carryOut, requestsOf } from './carry-out';
import { chargeFees } from './charge-fees';
import { checkItems } from './check-items';
import type { OrderToProceed } from './order-to-proceed';
import type { AcceptanceRefusal } from './refusals';
import { wait } from './wait';

/**
 * Takes an order on from a wait that is over to the next one, or to its work. What it was accepted upon may have changed since, so it
 * is checked again before anything is done.
 */
export async function proceedOrder(
  { accepting, inHand }: OrderToProceed,
  because: Because,
  lines?: readonly QuoteLine[],
): Promise<Result<OrderChanged, AcceptanceRefusal>> {
  const { order, course, changes } = inHand;
  const waiting = {
    approval: changes.approval ?? order.approval,
    dueMinor: changes.dueMinor ?? order.due.amountMinor,
    paidMinor: changes.paidMinor ?? order.paid.amountMinor,
    requestedStartAt: changes.requestedStartAt === undefined ? order.requestedStartAt : changes.requestedStartAt,
  };
  passTo(course, gateOf(waiting, accepting.unit.now), because);
  if (course.state === 'inProgress') {
    const refused = await checkItems(accepting, requestsOf(inHand.items));
    if (refused !== undefined) return refused;
    await chargeFees(accepting, inHand, lines);
    const done = await carryOut(accepting, inHand);
    if (!done.ok) return done;
  } else if (because.reason === 'AMENDED' || course.state !== order.state) {
    const lost = await wait(accepting, inHand);
    if (lost !== undefined) return lost;
  }
  return ok(await keepOrder(accepting.unit, inHand));
}
