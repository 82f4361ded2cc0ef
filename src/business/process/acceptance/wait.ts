import type { ItemKind, OrderInHand } from '../../component/order';
import { laterOf } from '../../../kernel/period';
import { requestsOf } from './carry-out';
import { keepNumbers } from './keep-numbers';
import type { Accepting } from './order-kind';
import type { Refused } from './refusals';

/**
 * An order that has come to a wait is given its time: for a payment or a decision as long as the rules of its items let it, the shortest
 * deciding. Its numbers are kept for as long.
 */
export async function wait(accepting: Accepting, inHand: OrderInHand): Promise<Refused | undefined> {
  const { order, items, course } = inHand;
  const { unit, rules } = accepting;
  const hours = items.map(({ kind, serviceType }) => rules(kind as ItemKind, serviceType).paymentHours);
  const expiresAt = course.state === 'pending' || course.state === 'held' ? unit.now.add({ hours: Math.min(...hours) }) : null;
  inHand.changes = { ...inHand.changes, expiresAt };
  const dueAt = inHand.changes.dueAt ?? order.dueAt;
  return keepNumbers(accepting, requestsOf(items), expiresAt === null ? dueAt : laterOf(dueAt, expiresAt));
}
