import { selectOrdersToStart, type OrderChange } from '../../component/order';
import type { CallContext } from '../../context';
import { execute } from '../../execute';
import { encodeId } from '../../../kernel/id';
import { eachInTurn } from './each-in-turn';
import { failOrder } from './fail-order';
import { startOrder } from './start-order';

/** What fits well into the few seconds that a task of upkeep has for a batch. */
const ORDERS_A_TURN = 20;

/**
 * Begins the orders whose start has come, each in a unit of its own. One that can no longer be done ends failed, with the reason. Two
 * processes may be at it at once: the version tells the second that it comes too late. One that breaks is tried again next time, and does
 * not hold up those after it.
 * @returns how many it has seen, and whether there may be more
 * @throws what the first of those that broke threw, when all have been tried
 */
export async function startDueOrders(context: CallContext): Promise<{ readonly orders: number; readonly more: boolean }> {
  const due = await selectOrdersToStart(context, ORDERS_A_TURN);
  await eachInTurn(context, due, ({ id: orderId, version: expectedVersion }) => startOrFail(context, { orderId, expectedVersion }));
  return { orders: due.length, more: due.length === ORDERS_A_TURN };
}

async function startOrFail(context: CallContext, change: OrderChange): Promise<void> {
  const key = `${encodeId('order', change.orderId)}:${change.expectedVersion}`;
  const started = await execute(context, startOrder, change, key);
  if (started.ok || started.refusals.some(({ code }) => code === 'STALE_VERSION' || code === 'STATE_REFUSES')) return;
  await execute(context, failOrder, { ...change, refusals: started.refusals }, key);
}
