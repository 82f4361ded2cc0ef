import { endBundleRows, endMembership, setGraceUntil, setLapsed, type LockedBundle } from '../../../data/operation/product/write-bundle';
import type { TimeZone } from '../../../kernel/calendar';
import { dateOf, dayNumberAt, type DayNumber } from '../../../kernel/day-number';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import type { Unit } from '../../context';
import { operatorParameters } from '../organisation';
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
  if (!endsWithout(definition, { before: bundle.members, after })) {
    if (bundle.graceUntil === null && isMissingOne(definition, after)) await writeGrace(unit, bundle, definition);
    return false;
  }
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

/** Whether a bundle with days of grace has fewer members than it needs. */
export function isMissingOne({ members, whenMemberLeaves }: BundleRule, within: readonly Member[]): boolean {
  return whenMemberLeaves.kind === 'GRACE' && members.some(({ role, least }) => countOf(within, role) < least);
}

/** Writes down when the grace of a locked bundle ends, as its members are now; none begins before it was complete once. */
async function writeGrace(unit: Unit, bundle: LockedBundle, { whenMemberLeaves }: BundleRule): Promise<void> {
  invariant(whenMemberLeaves.kind === 'GRACE', 'a bundle with days of grace');
  const { timeZone } = await operatorParameters(unit);
  const today = dayNumberAt(unit.now, timeZone);
  const end = await lapseWithin(unit, bundle, { from: today, to: today + whenMemberLeaves.days + 1 }, timeZone);
  await setGraceUntil(unit.transaction, bundle.id, end === undefined ? null : String(dateOf(end)));
}

/** The first day within a span on which a bundle has ended since its grace is over. */
async function lapseWithin(
  unit: Unit,
  { id: bundleInstanceId, versionId }: LockedBundle,
  span: { readonly from: DayNumber; readonly to: DayNumber },
  timeZone: TimeZone,
): Promise<DayNumber | undefined> {
  const standings = await standingsOfBundle(unit, { bundleInstanceId, versionId }, span, timeZone);
  return standings.find(({ state }) => state === 'ENDED')?.from;
}

/**
 * Ends a locked bundle from now on whose grace 宽限期 is over, whether upkeep says so or somebody who has to do with it first. What that costs
 * is charged by upkeep, as of the day on which it was over. Where a grace is not over, it is written down until when it lasts.
 * @returns whether it has ended
 */
export async function endLapsedBundle(unit: Unit, bundle: LockedBundle, timeZone: TimeZone): Promise<boolean> {
  if (bundle.endedAt !== null) return false;
  const definition = (await definitionsOfBundles(unit, [bundle.versionId])).get(bundle.versionId);
  invariant(definition !== undefined, 'a bundle is of a version of a bundle');
  if (!isMissingOne(definition, bundle.members)) {
    if (bundle.graceUntil !== null) await setGraceUntil(unit.transaction, bundle.id, null);
    return false;
  }
  const [opened, today] = [bundle.openedAt, unit.now].map((at) => dayNumberAt(at, timeZone)) as [DayNumber, DayNumber];
  const lapsed = await lapseWithin(unit, bundle, { from: opened, to: today + 1 }, timeZone);
  if (lapsed === undefined) {
    if (bundle.graceUntil !== null && bundle.graceUntil <= String(dateOf(today))) await writeGrace(unit, bundle, definition);
    return false;
  }
  await endBundle(unit, bundle);
  await setLapsed(unit.transaction, bundle.id, { lapsedOn: String(dateOf(lapsed)), settled: definition.term === null }, unit.now);
  return true;
}

function recordLeft(unit: Unit, { id, organisationId }: LockedBundle, left: LockedBundle['members']): void {
  const subject = { subjectKind: 'bundleInstance', subjectId: id } as const;
  const members = left.map(({ subscriberId, role }) => ({ subscriberId, role }));
  unit.audit({ ...subject, organisationId, before: { members }, after: { left: members.length } });
  unit.emit({ type: 'BundleInstanceMembersChangeEvent', ...subject, payload: { joined: [], left: members } });
}
