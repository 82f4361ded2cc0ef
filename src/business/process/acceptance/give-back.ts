import { giveBackPayments, withdrawWorkOrders, type OrderInHand } from '../../component/order';
import { letNumbersGo } from './keep-numbers';
import type { Accepting } from './order-kind';

/** Gives back whatever is held for an order that comes to nothing: the work of people, what was paid, the numbers that it kept. */
export async function giveBack({ wide }: Accepting, inHand: OrderInHand): Promise<void> {
  await withdrawWorkOrders(wide, inHand.order);
  await giveBackPayments(wide, inHand);
  await letNumbersGo(wide, inHand);
}
