import type { Id } from '../../../kernel/id';
import { changesPlan } from './bundle-members';
import { readHolding } from './held-products';
import type { Accepting } from './order-kind';
import { quoteBundleLeft } from './quote-bundle-end';
import { quotePlan } from './quote-plan';
import type { Line } from './quote-products';

/** What a member costs that leaves: its plan by itself, and the bundle's contract where the bundle ends with it. */
export async function quoteAlone(accepting: Accepting, { subscriberId }: { readonly subscriberId: Id<'subscriber'> }): Promise<Line[]> {
  const { plan } = await readHolding(accepting, subscriberId);
  const alone = plan === undefined || changesPlan(accepting.items, subscriberId) ? [] : await quotePlan(accepting, plan, subscriberId);
  return [...alone, ...(await quoteBundleLeft(accepting, subscriberId))];
}
