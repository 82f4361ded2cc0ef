import { listServiceTypes } from '../../component/service';
import { selectSubscribersToSynchronise, type ChangedAhead } from '../../view/fulfilment';
import type { CallContext } from '../../context';
import { execute } from '../../execute';
import { encodeId } from '../../../kernel/id';
import { eachInTurn } from './each-in-turn';
import { synchroniseAhead } from './synchronise-ahead';

/** What fits well into the few seconds that a task of upkeep has for a batch. */
const SUBSCRIBERS_A_TURN = 50;

/** After as long an outage of upkeep nothing is lost. */
const LOOKED_BACK_DAYS = 7;

/**
 * Has the network told of what begins and ends by itself on lines that it provisions 到期同步: a plan of the next period, a product whose term
 * ends it. Each subscriber is an order of its own. One that an order is just at work on comes again at the next turn; so does one
 * whose order is refused, which is told.
 * @returns how many it has seen, and whether there may be more
 * @throws what the first of those that broke threw, when all have been tried
 */
export async function synchroniseDue(context: CallContext): Promise<{ readonly orders: number; readonly more: boolean }> {
  const lines = (await listServiceTypes(context)).flatMap(({ code, provisioningAdapter }) => (provisioningAdapter === null ? [] : [code]));
  if (lines.length === 0) return { orders: 0, more: false };
  const since = context.now.subtract({ hours: LOOKED_BACK_DAYS * 24 });
  const due = await selectSubscribersToSynchronise(context, { lines, since, limit: SUBSCRIBERS_A_TURN });
  let made = 0;
  await eachInTurn(context, due, async (one) => {
    if (await synchroniseOne(context, one)) made += 1;
  });
  // Where nobody could be helped, asking again at once is of no use.
  return { orders: due.length, more: made > 0 && due.length === SUBSCRIBERS_A_TURN };
}

/** @returns whether it has been ordered */
async function synchroniseOne(context: CallContext, one: ChangedAhead): Promise<boolean> {
  const ordered = await execute(context, synchroniseAhead, one, `${encodeId('subscriber', one.subscriberId)}:${one.at}`);
  if (ordered.ok) return true;
  if (ordered.refusals.every(({ code }) => code === 'ORDER_UNDER_WAY')) return false;
  const codes = ordered.refusals.map(({ code }) => code).join(', ');
  throw new Error(`the network is not told of a subscriber whose products changed: ${codes}`);
}
