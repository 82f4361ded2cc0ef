import { operatorParameters } from '../../component/organisation';
import { selectBundlesToEnd, selectBundlesToSettle } from '../../component/product';
import type { CallContext } from '../../context';
import { execute } from '../../execute';
import { localDate } from '../../../kernel/calendar';
import { newId } from '../../../kernel/id';
import { eachInTurn } from './each-in-turn';
import { endBundleInGrace } from './end-bundle-in-grace';
import { settleLapsedBundle } from './settle-lapsed-bundle';

/** What fits well into the few seconds that a task of upkeep has for a batch. */
const BUNDLES_A_TURN = 20;

/**
 * Ends the bundles whose grace 宽限期 is over, and charges what that costs: each in a unit of its own, and those that an order has ended before
 * upkeep did. Two processes may be at it at once: each bundle is ended, and charged, once.
 * @returns how many it has seen, and whether there may be more
 * @throws what the first of those that broke, or were refused, threw, when all have been tried
 */
export async function endLapsedBundles(context: CallContext): Promise<{ readonly orders: number; readonly more: boolean }> {
  const { timeZone } = await operatorParameters(context);
  const due = await selectBundlesToEnd(context, String(localDate(context.now, timeZone)), BUNDLES_A_TURN);
  await eachInTurn(context, due, (bundleInstanceId) => execute(context, endBundleInGrace, { bundleInstanceId }, newId('event')));
  const ended = await selectBundlesToSettle(context, BUNDLES_A_TURN);
  let settled = 0;
  await eachInTurn(context, ended, async (bundle) => {
    const done = await execute(context, settleLapsedBundle, bundle, newId('event'));
    if (done.ok) settled += 1;
    else throw new Error(`the end of a bundle is not charged: ${done.refusals.map(({ code }) => code).join(', ')}`);
  });
  // Where nobody could be charged, asking again at once is of no use.
  return { orders: due.length + ended.length, more: due.length === BUNDLES_A_TURN || (settled > 0 && ended.length === BUNDLES_A_TURN) };
}
