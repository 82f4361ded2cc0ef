import { sql, type Sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { newId } from '../../../kernel/id';
import type { Json } from '../../../kernel/stable-json';

interface EventRow {
  readonly type: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly payload: Json;
}

/** Writes events of a unit of work: they exist exactly when it commits. */
export function outboxEvents(events: readonly EventRow[], { at, traceId }: { readonly at: Instant; readonly traceId: string }): Sql {
  return sql`
    INSERT INTO outbox_event (id, at, type, subject_kind, subject_id, payload, trace_id)
    SELECT id, ${at}, type, subject_kind, subject_id, payload, ${traceId}
    FROM unnest(${events.map(() => newId('event'))}::uuid[],
                ${events.map((event) => event.type)}::text[],
                ${events.map((event) => event.subjectKind)}::text[],
                ${events.map((event) => event.subjectId)}::uuid[],
                ${events.map((event) => JSON.stringify(event.payload))}::jsonb[])
         AS r (id, type, subject_kind, subject_id, payload)`;
}
