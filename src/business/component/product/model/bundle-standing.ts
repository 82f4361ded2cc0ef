import type { DayNumber, DaySpan } from '../../../../kernel/day-number';
import type { BundleMember, MemberLeaves } from './definition';
import type { MemberOfBundle } from './split-bundle-price';

/** For how long somebody is a member 成员; without an end while none is known. */
export interface Membership extends MemberOfBundle {
  readonly from: DayNumber;
  readonly to: DayNumber | null;
}

/** How a bundle stands for some days: who is in it, and at what it is charged. */
export interface BundleStanding extends DaySpan {
  /** `REPRICED`: at `amountMinor` a period. `ENDED`: not at all; every member pays the stand-alone price of its product. */
  readonly state: 'COMPLETE' | 'GRACE' | 'REPRICED' | 'ENDED';
  readonly amountMinor: bigint | null;
  readonly members: readonly MemberOfBundle[];
}

/**
 * How a bundle stands from day to day (domain.md §5.5). A member that leaves is in it no more from that day on, and pays
 * stand-alone. Below the minimum of a role, the declared rule decides: the bundle ends; or it goes on at another price as long as
 * members are missing; or it has so many days of grace to find them, counted anew each time, and ends after these. What has
 * ended does not come back; nor does a bundle that nobody is in.
 */
export function bundleStandings(
  roles: readonly Pick<BundleMember, 'role' | 'least'>[],
  rule: MemberLeaves,
  memberships: readonly Membership[],
  span: DaySpan,
): BundleStanding[] {
  const standings: BundleStanding[] = [];
  let missingSince: DayNumber | null = null;
  let ended = false;
  const begin = Math.min(span.from, ...memberships.map(({ from }) => from));
  for (const { from, to } of spansBetween(changesOf(memberships), { from: begin, to: span.to })) {
    const members = membersOn(memberships, from);
    const complete = isComplete(roles, members);
    missingSince = complete ? null : (missingSince ?? from);
    const graceEnd = missingSince !== null && rule.kind === 'GRACE' && members.length > 0 ? missingSince + rule.days : from;
    for (const part of spansBetween([graceEnd], { from, to })) {
      const inGrace = part.from < graceEnd;
      ended ||= missingSince !== null && !inGrace && (rule.kind !== 'REPRICE' || members.length === 0);
      const state = ended ? 'ENDED' : complete ? 'COMPLETE' : inGrace ? 'GRACE' : 'REPRICED';
      const amountMinor = state === 'REPRICED' && rule.kind === 'REPRICE' ? rule.amountMinor : null;
      addWithin(standings, span, { ...part, state, amountMinor, members });
    }
  }
  return standings;
}

/**
 * How a bundle that was sold stands: from the day on which it is complete for the first time. Until then whoever has joined waits for
 * the others, whose lines people may still have to lay, and pays the stand-alone price. A bundle that never was complete has none.
 */
export function standingsOnceComplete(
  roles: readonly Pick<BundleMember, 'role' | 'least'>[],
  rule: MemberLeaves,
  memberships: readonly Membership[],
  span: DaySpan,
): BundleStanding[] {
  const days = [...new Set(memberships.map(({ from }) => from))].sort((one, other) => one - other);
  const first = days.find((day) => isComplete(roles, membersOn(memberships, day)));
  if (first === undefined) return [];
  const since = memberships.filter(({ to }) => to === null || to > first).map((one) => ({ ...one, from: Math.max(one.from, first) }));
  return bundleStandings(roles, rule, since, { from: Math.max(span.from, first), to: span.to });
}

function isComplete(roles: readonly Pick<BundleMember, 'role' | 'least'>[], members: readonly MemberOfBundle[]): boolean {
  return members.length > 0 && roles.every(({ role, least }) => members.filter((one) => one.role === role).length >= least);
}

/** The days on which somebody comes or goes. */
function changesOf(memberships: readonly Membership[]): DayNumber[] {
  return memberships.flatMap(({ from, to }) => (to === null ? [from] : [from, to]));
}

function membersOn(memberships: readonly Membership[], day: DayNumber): MemberOfBundle[] {
  return memberships.filter(({ from, to }) => from <= day && (to === null || day < to)).map(({ role, member }) => ({ role, member }));
}

function spansBetween(days: readonly DayNumber[], { from, to }: DaySpan): DaySpan[] {
  const inside = [...new Set(days.filter((day) => day > from && day < to))].sort((one, other) => one - other);
  return from < to ? [from, ...inside].map((begin, place) => ({ from: begin, to: inside[place] ?? to })) : [];
}

function addWithin(standings: BundleStanding[], span: DaySpan, standing: BundleStanding): void {
  const from = Math.max(standing.from, span.from);
  if (from < standing.to) standings.push({ ...standing, from });
}
