import { instantFromDatabase, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { toPage, type Page, type PageRequest } from '../../../kernel/page';
import type { Json } from '../../../kernel/stable-json';
import { join, sql, type Sql } from '../../connection/sql';
import type { ScopedRead } from '../../operation/read-context';
import { trailVisibleTo } from '../../operation/scope/trail-visible-to';
import { maskPersonalParts, type Change } from './mask-personal-parts';

export const ACTOR_KINDS = ['STAFF', 'PARTNER', 'SYSTEM'] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** Who did what to what, when and from where; personal data in `before` and `after` is masked. */
export interface AuditEntry extends Change {
  readonly id: Id<'audit'>;
  readonly at: Instant;
  readonly actorKind: ActorKind;
  /** The published id of the member of staff or of the partner's client; for the system, the name of what ran. */
  readonly actorId: string;
  readonly address: string | null;
  readonly traceId: string;
  readonly operation: string;
  readonly subjectKind: string;
  /** The subject's UUID; what kind of id it is, `subjectKind` says. */
  readonly subjectId: string;
  readonly organisationId: Id<'organisation'> | null;
  readonly serviceType: string | null;
}

/** Every part given must hold. */
export interface AuditFilter {
  readonly subjectId?: string;
  readonly actorId?: string;
  readonly operation?: string;
  readonly from: Instant;
  readonly to?: Instant;
}

interface EntryRow {
  readonly id: Id<'audit'>;
  readonly at: string;
  readonly actor_kind: ActorKind;
  readonly actor_id: string;
  readonly address: string | null;
  readonly trace_id: string;
  readonly operation: string;
  readonly subject_kind: string;
  readonly subject_id: string;
  readonly organisation_id: Id<'organisation'> | null;
  readonly service_type: string | null;
  readonly before: Json;
  readonly after: Json;
}

/**
 * One page of the audit trail, newest first; the cursor is (at, id). The subject and the actor have indexes of their own, and
 * so texts of their own; otherwise the index on the time is read backwards from where the page begins.
 */
export async function selectAuditEntries(context: ScopedRead, filter: AuditFilter, page: PageRequest): Promise<Page<AuditEntry>> {
  const [afterAt = null, afterId = null] = page.after ?? [];
  const { operation = null, to = null } = filter;
  const rows = await context.sql.query<EntryRow>(sql`
    SELECT e.id, e.at::text AS at, e.actor_kind, e.actor_id, e.address, e.trace_id, e.operation, e.subject_kind, e.subject_id,
           e.organisation_id, e.service_type, e.before, e.after
    FROM audit_entry e
    WHERE ${join([trailVisibleTo(context.scope, 'e'), ...whose(filter)], ' AND ')}
      AND e.at >= ${filter.from}::timestamptz AND e.at < coalesce(${to}::timestamptz, 'infinity')
      AND (e.at, e.id) < (coalesce(${afterAt}::timestamptz, 'infinity'), coalesce(${afterId}::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
      AND (${operation}::text IS NULL OR e.operation = ${operation}::text)
    ORDER BY e.at DESC, e.id DESC LIMIT ${page.first + 1}`);
  return toPage(rows.map(toEntry), page.first);
}

function whose({ subjectId, actorId }: AuditFilter): Sql[] {
  const conditions: Sql[] = [];
  if (subjectId !== undefined) conditions.push(sql`e.subject_id = ${subjectId}::uuid`);
  if (actorId !== undefined) conditions.push(sql`e.actor_id = ${actorId}`);
  return conditions;
}

function toEntry(row: EntryRow): AuditEntry {
  return {
    id: row.id,
    at: instantFromDatabase(row.at),
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    address: row.address,
    traceId: row.trace_id,
    operation: row.operation,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    organisationId: row.organisation_id,
    serviceType: row.service_type,
    ...maskPersonalParts(row.subject_kind, { before: stateOf(row.before), after: stateOf(row.after) }),
  };
}

/** A state is an object of the names that the change concerns; a lone value gets one. */
function stateOf(stored: Json): Change['before'] {
  if (stored === null) return null;
  return typeof stored === 'object' && !Array.isArray(stored) ? (stored as Readonly<Record<string, Json>>) : { value: stored };
}
