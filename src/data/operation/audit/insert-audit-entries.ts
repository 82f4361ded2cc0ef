import type { Transaction } from '../../connection/core-database';
import { sql, type Sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { newId } from '../../../kernel/id';
import type { Json } from '../../../kernel/stable-json';

interface AuditRow {
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly organisationId: string | null;
  readonly serviceType?: string;
  readonly before: Json;
  readonly after: Json;
}

interface Circumstances {
  readonly at: Instant;
  readonly actor: { readonly kind: string; readonly id: string; readonly address: string | null };
  readonly traceId: string;
  readonly operation: string;
}

/** Writes the trail of one unit of work in one statement. */
export async function insertAuditEntries(transaction: Transaction, rows: readonly AuditRow[], circumstances: Circumstances): Promise<void> {
  if (rows.length > 0) await transaction.query(auditEntries(rows, circumstances));
}

/** The statement of {@link insertAuditEntries}, also as a part of another. */
export function auditEntries(rows: readonly AuditRow[], { at, actor, traceId, operation }: Circumstances): Sql {
  return sql`
    INSERT INTO audit_entry (id, at, actor_kind, actor_id, address, trace_id, operation,
                             subject_kind, subject_id, organisation_id, service_type, before, after)
    SELECT id, ${at}, ${actor.kind}, ${actor.id}, ${actor.address}, ${traceId}, ${operation},
           subject_kind, subject_id, organisation_id, service_type, before, after
    FROM unnest(${rows.map(() => newId('audit'))}::uuid[],
                ${rows.map((row) => row.subjectKind)}::text[],
                ${rows.map((row) => row.subjectId)}::uuid[],
                ${rows.map((row) => row.organisationId)}::uuid[],
                ${rows.map((row) => row.serviceType ?? null)}::text[],
                ${rows.map((row) => asJsonb(row.before))}::jsonb[],
                ${rows.map((row) => asJsonb(row.after))}::jsonb[])
         AS r (id, subject_kind, subject_id, organisation_id, service_type, before, after)`;
}

function asJsonb(value: Json): string | null {
  return value === null ? null : JSON.stringify(value);
}
