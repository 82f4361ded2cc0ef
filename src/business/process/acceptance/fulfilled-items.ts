import { isEnd, selectWorkOrdersOfOrders, type OrderItem } from '../../component/order';
import type { OrderToProceed } from './order-to-proceed';

/** The items of an order that its workflow carries out: all that have not ended and that people have no step to do of. */
export async function fulfilledItems({ accepting, inHand }: OrderToProceed): Promise<readonly OrderItem[]> {
  const work = await selectWorkOrdersOfOrders(accepting.wide, [inHand.order.id]);
  const peoples = new Set(work.filter(({ endedAt }) => endedAt === null).map(({ itemNo }) => itemNo));
  return inHand.items.filter(({ itemNo }) => !peoples.has(itemNo) && !isEnd(inHand.course.stateOf(itemNo)));
}
