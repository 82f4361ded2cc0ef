import { endBundleRows, endMembership, type LockedBundle } from '../../../data/operation/product/write-bundle';
import type { TimeZone } from '../../../kernel/calendar';
import { dayNumberAt } from '../../../kernel/day-number';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import type { Unit } from '../../context';
import type { BundleDefinition } from './model/definition';
import { definitionsOfBundles, standingsOfBundle } from './standings-of-bundle';

type Member = LockedBundle['members'][number];

/**
 * Whether a bundle ends where only some of its members stay: nobody does, or a role falls below what it needs and the bundle says that it
 * ends then. What was not complete before does not fall.
 */
export function endsWithout(
  { members, whenMemberLeaves }: BundleRule,
  { before, after }: Record<'before' | 'after', readonly Member[]>,
): boolean {
  if (after.length === 0) return true;
  const falls = (role: string, least: number): boolean => countOf(before, role) >= least && countOf(after, role) < least;
  return whenMemberLeaves.kind === 'END' && members.some(({ role, least }) => falls(role, least));
}

type BundleRule = Pick<BundleDefinition, 'members' | 'whenMemberLeaves'>;

function countOf(members: readonly Member[], role: string): number {
  return members.filter((one) => one.role === role).length;
}

/**
 * Takes a subscriber out of the bundle that it is in, from now on. Both are locked. Where the bundle cannot be without it, it ends.
 * @param after who is to be in it then: others may join in the same unit
 * @returns whether it ended
 */
export async function leaveBundle(
  unit: Unit,
  bundle: LockedBundle,
  subscriberId: Id<'subscriber'>,
  after: readonly Member[] = bundle.members.filter((one) => one.subscriberId !== subscriberId),
): Promise<boolean> {
  const left = await endMembership(unit.transaction, subscriberId, unit.now);
  if (left === undefined) return false;
  recordLeft(unit, bundle, [{ subscriberId, role: left.role }]);
  const definition = (await definitionsOfBundles(unit, [bundle.versionId])).get(bundle.versionId);
  invariant(definition !== undefined, 'a bundle is of a version of a bundle');
  if (!endsWithout(definition, { before: bundle.members, after })) return false;
  await endBundle(unit, { ...bundle, members: bundle.members.filter((one) => one.subscriberId !== subscriberId) });
  return true;
}

/** Ends a locked bundle for all who are in it, from now on. */
export async function endBundle(unit: Unit, bundle: LockedBundle): Promise<void> {
  const { id, organisationId, code, holderId, accountId, members } = bundle;
  await endBundleRows(unit.transaction, id, unit.now);
  if (members.length > 0) recordLeft(unit, bundle, members);
  const subject = { subjectKind: 'bundleInstance', subjectId: id } as const;
  unit.audit({ ...subject, organisationId, before: { holderId, accountId }, after: null });
  unit.emit({ type: 'BundleInstanceDeleteEvent', ...subject, payload: { code } });
}

/**
 * Ends a locked bundle from now on whose grace 宽限期 is over: nobody has said so until somebody has to do with it. Nobody was charged for it since.
 * @returns whether it is so
 */
export async function endLapsedBundle(unit: Unit, bundle: LockedBundle, timeZone: TimeZone): Promise<boolean> {
  if (bundle.endedAt !== null) return false;
  const definition = (await definitionsOfBundles(unit, [bundle.versionId])).get(bundle.versionId);
  invariant(definition !== undefined, 'a bundle is of a version of a bundle');
  const { members, whenMemberLeaves } = definition;
  if (whenMemberLeaves.kind !== 'GRACE' || members.every(({ role, least }) => countOf(bundle.members, role) >= least)) return false;
  const day = dayNumberAt(unit.now, timeZone);
  const [standing] = await standingsOfBundle(unit, { ...bundle, bundleInstanceId: bundle.id }, { from: day, to: day + 1 }, timeZone);
  if (standing?.state !== 'ENDED') return false;
  await endBundle(unit, bundle);
  return true;
}

function recordLeft(unit: Unit, { id, organisationId }: LockedBundle, left: LockedBundle['members']): void {
  const subject = { subjectKind: 'bundleInstance', subjectId: id } as const;
  const members = left.map(({ subscriberId, role }) => ({ subscriberId, role }));
  unit.audit({ ...subject, organisationId, before: { members }, after: { left: members.length } });
  unit.emit({ type: 'BundleInstanceMembersChangeEvent', ...subject, payload: { joined: [], left: members } });
}
