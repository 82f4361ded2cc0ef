import type { Unit } from '../../context';
import {
  insertDraft,
  moveVersion as moveStoredVersion,
  rewriteDraft,
  selectLatestVersion,
  selectOwnerOfVersion,
  selectVersionOfLocked,
  supersedeVersions,
  type NamedCodes,
} from '../../../data/operation/released-version/write-version';
import type { ReleasedVersion, Versioned, VersionKind, VersionState } from '../../../data/operation/released-version/version';
import { instantToText, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { isBefore, periodOf } from '../../../kernel/period';
import { ok, type Refuse, type Result } from '../../../kernel/result';
import type { Permission } from '../../../kernel/scope';
import type { StandardRefusal } from '../../../kernel/standard-refusals';
import type { Json } from '../../../kernel/stable-json';
import { isDraft, mayMove } from './model/lifecycle';
import type { VERSION_REFUSALS } from './model/refusals';

/*
 * What is drafted, tried, released and taken back in versions: products here, discounts in their own component. Both do it in the
 * same way, under the lock of the row that the versions belong to.
 */

export type VersionRefusal = keyof typeof VERSION_REFUSALS | StandardRefusal;

/** The locked row that versions belong to, as far as they need it. */
export interface LockedOwner<Noun extends Versioned> {
  readonly id: Id<Noun>;
  readonly code: string;
  readonly organisation_id: Id<'organisation'>;
  readonly service_type: string | null;
  readonly version: number;
}

/** What a version is to say, read and checked. */
export interface VersionContent {
  readonly currency: string;
  /** As it is stored. */
  readonly definition: Json;
  readonly names: NamedCodes;
}

/** How one noun has versions. */
export interface VersionedNoun<Noun extends Versioned, Owner extends LockedOwner<Noun>, Code extends string> {
  readonly noun: Noun;
  /** The name of its ids in inputs. */
  readonly idField: string;
  /** What its events are called: `<event>StateChangeEvent`. */
  readonly event: string;
  readonly refuse: Refuse<Code | VersionRefusal>;
  lock(unit: Unit, id: Id<Noun>, permission: Permission): Promise<Owner | undefined>;
  /** Moves the version of the locked row on. */
  touch(unit: Unit, owner: Owner): Promise<void>;
  /** Whether what a stored version names is there, and in force at the instant when one is given. */
  check(unit: Unit, owner: Owner, version: ReleasedVersion<Noun>, inForceAt: Instant | null): Promise<Result<VersionContent, Code>>;
}

export interface DraftOf<Noun extends Versioned> {
  readonly ownerId: Id<Noun>;
  readonly expectedVersion: number;
}

/** Begins a version: with what is given, or as a copy of the latest. */
export async function draftVersion<Noun extends Versioned, Owner extends LockedOwner<Noun>, Code extends string>(
  unit: Unit,
  of: VersionedNoun<Noun, Owner, Code>,
  { ownerId, expectedVersion }: DraftOf<Noun>,
  read: ((owner: Owner) => Promise<Result<VersionContent, Code>>) | null,
): Promise<Result<{ versionId: Id<VersionKind<Noun>> }, Code | VersionRefusal>> {
  const owner = await of.lock(unit, ownerId, 'catalogue:write');
  if (owner === undefined) return of.refuse('NOT_FOUND', of.idField);
  if (owner.version !== expectedVersion) return of.refuse('STALE_VERSION', 'expectedVersion', { version: owner.version });
  const latest = await selectLatestVersion(unit.transaction, of.noun, ownerId);
  if (latest !== undefined && isDraft(latest.state)) return of.refuse('DRAFT_EXISTS', of.idField);
  if (read === null && latest === undefined) return of.refuse('NOTHING_TO_COPY');
  const content = read === null ? await of.check(unit, owner, latest as ReleasedVersion<Noun>, null) : await read(owner);
  if (!content.ok) return content;
  const number = (latest?.number ?? 0) + 1;
  const versionId = await insertDraft(unit.transaction, of.noun, { ownerId, number, ...content.value }, unit.now);
  await record(unit, of, owner, { before: null, after: { number, state: 'draft', definition: content.value.definition }, change: 'draft' });
  return ok({ versionId });
}

export interface ChangeOf<Noun extends Versioned> {
  readonly versionId: Id<VersionKind<Noun>>;
  readonly expectedVersion: number;
}

/** Changes what a draft says, whole. */
export async function changeDraft<Noun extends Versioned, Owner extends LockedOwner<Noun>, Code extends string>(
  unit: Unit,
  of: VersionedNoun<Noun, Owner, Code>,
  change: ChangeOf<Noun>,
  read: (owner: Owner) => Promise<Result<VersionContent, Code>>,
): Promise<Result<{ versionId: Id<VersionKind<Noun>> }, Code | VersionRefusal>> {
  const found = await versionToChange(unit, of, change, 'catalogue:write');
  if (!found.ok) return found;
  const { owner, version } = found.value;
  if (!isDraft(version.state)) return of.refuse('NOT_A_DRAFT', 'versionId', { state: version.state });
  const content = await read(owner);
  if (!content.ok) return content;
  await rewriteDraft(unit.transaction, of.noun, version, content.value);
  const { number } = version;
  await record(unit, of, owner, {
    before: { number, definition: version.definition },
    after: { number, definition: content.value.definition },
    change: 'change',
  });
  return ok({ versionId: version.id });
}

export interface MoveOf<Noun extends Versioned> extends ChangeOf<Noun> {
  readonly to: VersionState;
  /** When it takes effect; now, when not given. */
  readonly from?: Instant | null;
}

/** Moves a version on in its life: into test and back, into sale and out of it. */
export async function moveVersion<Noun extends Versioned, Owner extends LockedOwner<Noun>, Code extends string>(
  unit: Unit,
  of: VersionedNoun<Noun, Owner, Code>,
  move: MoveOf<Noun>,
): Promise<Result<{ versionId: Id<VersionKind<Noun>> }, Code | VersionRefusal>> {
  const { to } = move;
  const found = await versionToChange(unit, of, move, isDraft(to) ? 'catalogue:write' : 'catalogue:release');
  if (!found.ok) return found;
  const { owner, version } = found.value;
  if (!mayMove(version.state, to)) return of.refuse('MOVE_REFUSED', 'to', { state: version.state, to });
  const planned = to === 'active' || (to === 'retired' && !isDraft(version.state));
  if (move.from != null && !planned) return of.refuse('NOT_SCHEDULED', 'from');
  const from = periodOf(move.from, null, unit.now)?.from;
  if (from === undefined) return of.refuse('INVALID_PERIOD', 'from');
  if (isBefore(from, unit.now)) return of.refuse('IN_THE_PAST', 'from');
  let superseded: readonly number[] = [];
  if (to === 'active') {
    const content = await of.check(unit, owner, version, from);
    if (!content.ok) return content;
    superseded = await supersedeVersions(unit.transaction, of.noun, owner.id, version.id, from);
  }
  await moveStoredVersion(unit.transaction, of.noun, version, {
    state: to,
    ...(isDraft(to) || (isDraft(version.state) && to !== 'active') ? {} : { sale: { onSale: to === 'active', from } }),
    ...(to === 'active' && version.releasedAt === null ? { releasedAt: unit.now } : {}),
  });
  const { number, state } = version;
  const after = { number, state: to, ...(planned ? { from: instantToText(from), superseded } : {}) };
  await record(unit, of, owner, { before: { number, state }, after, change: 'move' });
  return ok({ versionId: version.id });
}

async function versionToChange<Noun extends Versioned, Owner extends LockedOwner<Noun>, Code extends string>(
  unit: Unit,
  of: VersionedNoun<Noun, Owner, Code>,
  { versionId, expectedVersion }: ChangeOf<Noun>,
  permission: Permission,
): Promise<Result<{ owner: Owner; version: ReleasedVersion<Noun> }, Code | VersionRefusal>> {
  const ownerId = await selectOwnerOfVersion(unit.transaction, of.noun, versionId);
  const owner = ownerId === undefined ? undefined : await of.lock(unit, ownerId, permission);
  if (owner === undefined) return of.refuse('NOT_FOUND', 'versionId');
  const version = await selectVersionOfLocked(unit.transaction, of.noun, versionId);
  if (version.version !== expectedVersion) return of.refuse('STALE_VERSION', 'expectedVersion', { version: version.version });
  return ok({ owner, version });
}

interface Recorded {
  readonly before: Json;
  readonly after: Json;
  readonly change: 'draft' | 'change' | 'move';
}

async function record<Noun extends Versioned, Owner extends LockedOwner<Noun>, Code extends string>(
  unit: Unit,
  of: VersionedNoun<Noun, Owner, Code>,
  owner: Owner,
  { before, after, change }: Recorded,
): Promise<void> {
  await of.touch(unit, owner);
  const { id: subjectId, organisation_id: organisationId, service_type: serviceType, code } = owner;
  const subject = { subjectKind: of.noun, subjectId } as const;
  unit.audit({ ...subject, organisationId, ...(serviceType === null ? {} : { serviceType }), before, after });
  const event = change === 'move' ? 'StateChangeEvent' : 'AttributeValueChangeEvent';
  // The whole definition is read by who wants it: events stay small.
  const { definition: _, ...payload } = after as Record<string, Json>;
  unit.emit({ type: `${of.event}${event}`, ...subject, payload: { code, ...payload } });
}
