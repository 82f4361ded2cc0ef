import { selectMembershipHistory, type BundleInstance } from '../../../data/operation/product/bundle-instance';
import { addMonths, dateOf, dayNumberAt, type DaySpan } from '../../../kernel/day-number';
import type { TimeZone } from '../../../kernel/calendar';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import type { ReadContext } from '../../context';
import { definitionsOf } from './definitions';
import { standingsOnceComplete, type BundleStanding } from './model/bundle-standing';
import type { BundleDefinition } from './model/definition';

/** What versions of bundles say that were sold. */
export async function definitionsOfBundles(
  context: Pick<ReadContext, 'sql'>,
  versionIds: readonly Id<'productVersion'>[],
): Promise<ReadonlyMap<Id<'productVersion'>, BundleDefinition>> {
  const definitions = await definitionsOf(
    context,
    versionIds.map((versionId) => ({ versionId, state: 'active' })),
  );
  return new Map([...definitions].flatMap(([id, definition]) => ('members' in definition ? [[id, definition] as const] : [])));
}

/** How a bundle stands from day to day, in local days: who comes or goes within a day counts for the whole of it. */
export async function standingsOfBundle(
  context: ReadContext,
  bundle: Pick<BundleInstance, 'bundleInstanceId' | 'versionId'>,
  span: DaySpan,
  timeZone: TimeZone,
): Promise<BundleStanding[]> {
  const definition = (await definitionsOfBundles(context, [bundle.versionId])).get(bundle.versionId);
  invariant(definition !== undefined, 'a bundle is of a version of a bundle');
  const memberships = (await selectMembershipHistory(context, [bundle.bundleInstanceId])).map(
    ({ subscriberId, role, validFrom, validTo }) => ({
      member: subscriberId,
      role,
      from: dayNumberAt(validFrom, timeZone),
      to: validTo === null ? null : dayNumberAt(validTo, timeZone),
    }),
  );
  return standingsOnceComplete(definition.members, definition.whenMemberLeaves, memberships, span);
}

/** The contract 合约 of a bundle, in local days: its first term, from the day on which it was opened. */
export function termOfBundle(
  { openedAt }: Pick<BundleInstance, 'openedAt'>,
  { term }: Pick<BundleDefinition, 'term'>,
  timeZone: TimeZone,
): { readonly from: string; readonly until: string; readonly renewal: string } | undefined {
  if (term === null) return undefined;
  const from = dayNumberAt(openedAt, timeZone);
  return { from: String(dateOf(from)), until: String(dateOf(addMonths(from, term.months))), renewal: term.renewal };
}
