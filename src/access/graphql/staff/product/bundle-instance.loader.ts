import type DataLoader from 'dataloader';
import {
  definitionsOfBundles, selectBundleInstances, selectBundlesOf, selectMembersOfBundles, selectMembershipsOf,
  type BundleDefinition, type BundleInstance, type BundleMembership,
} from '../../../../business/component/product'; // prettier-ignore
import type { Id } from '../../../../kernel/id';
import type { Page, PageRequest } from '../../../../kernel/page';
import type { GraphContext } from '../../server/context';
import { factTimeKey, factTimeOf, type FactTimeArgs } from '../../server/fact-time';
import { loaderOf, pageLoaderOf } from '../../server/loader';
import { pageKey } from '../../server/page-args';

type BundleId = Id<'bundleInstance'>;

/** Bundles in scope by id. */
export function bundleInstanceLoader(context: GraphContext): DataLoader<BundleId, BundleInstance | undefined> {
  return loaderOf(
    context,
    'bundleInstance',
    (ids: readonly BundleId[]) => selectBundleInstances(context, ids, context.now),
    (bundle) => bundle.bundleInstanceId,
  );
}

/** What a bundle's version says, by the version. */
export function bundleDefinitionLoader(context: GraphContext): DataLoader<Id<'productVersion'>, Defined | undefined> {
  return loaderOf(
    context,
    'bundleInstance.definition',
    async (ids: readonly Id<'productVersion'>[]) => {
      const definitions = await definitionsOfBundles(context, ids);
      return [...definitions].map(([versionId, definition]): Defined => ({ versionId, definition }));
    },
    ({ versionId }) => versionId,
  );
}

interface Defined {
  readonly versionId: Id<'productVersion'>;
  readonly definition: BundleDefinition;
}

/** The bundles that customers hold, or that accounts are charged for. */
export function bundlesOfLoader<Owner extends 'customer' | 'account'>(
  context: GraphContext,
  owner: Owner,
  time: FactTimeArgs,
  page: PageRequest,
): DataLoader<Id<Owner>, Page<BundleInstance>> {
  const name = `${owner}.bundles ${factTimeKey(time)} ${pageKey(page)}`;
  return pageLoaderOf(context, name, (ids: readonly Id<Owner>[]) =>
    selectBundlesOf(context, owner, ids, factTimeOf(time, context.now), page),
  );
}

/** The members of bundles that are in scope. */
export function membersOfBundleLoader(
  context: GraphContext,
  time: FactTimeArgs,
  page: PageRequest,
): DataLoader<BundleId, Page<BundleMembership>> {
  const name = `bundleInstance.members ${factTimeKey(time)} ${pageKey(page)}`;
  return pageLoaderOf(context, name, (ids) => selectMembersOfBundles(context, ids, factTimeOf(time, context.now), page));
}

/** The bundle that each subscriber is in. */
export function membershipLoader(context: GraphContext, time: FactTimeArgs): DataLoader<Id<'subscriber'>, BundleMembership | undefined> {
  const read = (ids: readonly Id<'subscriber'>[]): Promise<BundleMembership[]> =>
    selectMembershipsOf(context, ids, factTimeOf(time, context.now));
  return loaderOf(context, `subscriber.bundle ${factTimeKey(time)}`, read, (membership) => membership.subscriberId);
}
