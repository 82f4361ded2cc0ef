import { selectSubscribersInOrders } from '../../component/order';
import { refuseSubscriber, type SubscriberRefusal } from '../../component/subscriber';
import type { Unit } from '../../context';
import type { Id } from '../../../kernel/id';
import type { Refusal } from '../../../kernel/result';

/**
 * Whether an order is at work on a subscriber, or waits to be paid or decided on: what it was quoted upon is not changed beside it. The
 * subscriber is locked, as orders lock it, so that none begins meanwhile.
 */
export async function orderInTheWay(
  unit: Unit,
  subscriberId: Id<'subscriber'>,
): Promise<{ readonly ok: false; readonly refusals: readonly Refusal<SubscriberRefusal>[] } | undefined> {
  const [busy] = await selectSubscribersInOrders(unit.transaction, [subscriberId], null);
  return busy === undefined ? undefined : refuseSubscriber('ORDER_UNDER_WAY', 'subscriberId', { orderNo: busy.orderNo });
}
