import { selectOrdersToStart } from '../../component/order';
import type { CallContext } from '../../context';
import { execute } from '../../execute';
import { encodeId } from '../../../kernel/id';
import { failOrder } from './fail-order';
import { startOrder } from './start-order';

/** What fits well into the few seconds that a task of upkeep has for a batch. */
const ORDERS_A_TURN = 20;

/**
 * Begins the orders whose start has come, each in a unit of its own. One that can no longer be done ends failed, with the reason. Two
 * processes may be at it at once: the version tells the second that it comes too late.
 * @returns how many it has seen, and whether there may be more
 */
export async function startDueOrders(context: CallContext): Promise<{ readonly orders: number; readonly more: boolean }> {
  const due = await selectOrdersToStart(context, ORDERS_A_TURN);
  for (const { id: orderId, version: expectedVersion } of due) {
    const key = `${encodeId('order', orderId)}:${expectedVersion}`;
    const change = { orderId, expectedVersion };
    const started = await execute(context, startOrder, change, key);
    if (started.ok || started.refusals.some(({ code }) => code === 'STALE_VERSION' || code === 'STATE_REFUSES')) continue;
    await execute(context, failOrder, { ...change, refusals: started.refusals }, key);
  }
  return { orders: due.length, more: due.length === ORDERS_A_TURN };
}
