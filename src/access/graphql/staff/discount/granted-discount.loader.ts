import type DataLoader from 'dataloader';
import {
  selectDiscountsOfAccounts, selectDiscountsOfBundles, selectDiscountsOfSubscribers, selectGrantedDiscounts, type HeldDiscount,
} from '../../../../business/component/discount'; // prettier-ignore
import type { Id } from '../../../../kernel/id';
import type { GraphContext } from '../../server/context';
import { factTimeKey, factTimeOf, type FactTimeArgs } from '../../server/fact-time';
import { groupLoaderOf, loaderOf } from '../../server/loader';

/** What subscribers in scope have of discounts at an instant. */
export function discountsOfSubscriberLoader(
  context: GraphContext,
  time: FactTimeArgs,
): DataLoader<Id<'subscriber'>, readonly HeldDiscount[]> {
  const read = (ids: readonly Id<'subscriber'>[]): Promise<HeldDiscount[]> =>
    selectDiscountsOfSubscribers(context, ids, factTimeOf(time, context.now));
  return groupLoaderOf(context, `subscriber.discounts ${factTimeKey(time)}`, read, (held) => held.subscriberId as Id<'subscriber'>);
}

/** What bundles in scope have of discounts at an instant. */
export function discountsOfBundleLoader(
  context: GraphContext,
  time: FactTimeArgs,
): DataLoader<Id<'bundleInstance'>, readonly HeldDiscount[]> {
  const read = (ids: readonly Id<'bundleInstance'>[]): Promise<HeldDiscount[]> =>
    selectDiscountsOfBundles(context, ids, factTimeOf(time, context.now));
  const name = `bundleInstance.discounts ${factTimeKey(time)}`;
  return groupLoaderOf(context, name, read, (held) => held.bundleInstanceId as Id<'bundleInstance'>);
}

/** What accounts in scope have of discounts at an instant. */
export function discountsOfAccountLoader(context: GraphContext, time: FactTimeArgs): DataLoader<Id<'account'>, readonly HeldDiscount[]> {
  const read = (ids: readonly Id<'account'>[]): Promise<HeldDiscount[]> =>
    selectDiscountsOfAccounts(context, ids, factTimeOf(time, context.now));
  return groupLoaderOf(context, `account.discounts ${factTimeKey(time)}`, read, (held) => held.accountId as Id<'account'>);
}

/** Grants by id, of holders in scope. */
export function grantedDiscountLoader(context: GraphContext): DataLoader<Id<'grantedDiscount'>, HeldDiscount | undefined> {
  return loaderOf(
    context,
    'grantedDiscount',
    (ids: readonly Id<'grantedDiscount'>[]) => selectGrantedDiscounts(context, ids, context.now),
    (held) => held.grantId,
  );
}
