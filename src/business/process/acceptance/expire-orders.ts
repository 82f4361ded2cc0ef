import { selectOrdersToExpire } from '../../component/order';
import type { CallContext } from '../../context';
import { execute } from '../../execute';
import { encodeId } from '../../../kernel/id';
import { eachInTurn } from './each-in-turn';
import { expireOrder } from './expire-order';

/** What fits well into the few seconds that a task of upkeep has for a batch. */
const ORDERS_A_TURN = 20;

/**
 * Cancels the orders that have waited for their payment or for approval for as long as they may, each in a unit of its own. One that is
 * paid at this moment, or is another process's, has another version, or state, by then, and is left alone.
 * @returns how many it has seen, and whether there may be more
 * @throws what the first of those that broke threw, when all have been tried
 */
export async function expireOrders(context: CallContext): Promise<{ readonly orders: number; readonly more: boolean }> {
  const overdue = await selectOrdersToExpire(context, ORDERS_A_TURN);
  await eachInTurn(context, overdue, ({ id: orderId, version: expectedVersion }) =>
    execute(context, expireOrder, { orderId, expectedVersion }, `${encodeId('order', orderId)}:${expectedVersion}`),
  );
  return { orders: overdue.length, more: overdue.length === ORDERS_A_TURN };
}
