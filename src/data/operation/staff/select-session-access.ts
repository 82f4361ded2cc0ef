import type { SqlRunner } from '../../connection/run-statement';
import { sql } from '../../connection/sql';
import { instantFromDatabase, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { ApiClientKind, DocumentMode } from './api-client';

/** What the holder of a session may do, as it stands now. */
export interface SessionAccess {
  readonly sessionId: Id<'session'>;
  readonly expiresAt: Instant;
  readonly client: {
    readonly id: Id<'apiClient'>;
    readonly code: string;
    readonly kind: ApiClientKind;
    readonly organisationId: Id<'organisation'> | null;
    readonly documentMode: DocumentMode;
    readonly costCapacity: number;
    readonly costRestore: number;
  };
  readonly staff: { readonly id: Id<'staff'>; readonly organisationId: Id<'organisation'>; readonly name: string } | null;
  readonly grants: readonly {
    readonly roleId: Id<'role'>;
    readonly permissions: readonly string[];
    readonly node: Id<'organisation'>;
    readonly lines: readonly string[] | null;
  }[];
}

interface AccessRow extends Omit<SessionAccess, 'expiresAt'> {
  readonly expiresAt: string;
}

/** Reads it in one statement; undefined when the session is revoked or its client or member of staff is no longer active. */
export async function selectSessionAccess(runner: SqlRunner, sessionId: Id<'session'>): Promise<SessionAccess | undefined> {
  const [row] = await runner.query<AccessRow>(sql`
    SELECT e.id AS "sessionId", e.expires_at::text AS "expiresAt",
      json_build_object('id', c.id, 'code', c.code, 'kind', c.kind, 'organisationId', c.organisation_id,
        'documentMode', c.document_mode, 'costCapacity', c.cost_capacity, 'costRestore', c.cost_restore) AS client,
      CASE WHEN s.id IS NULL THEN NULL
           ELSE json_build_object('id', s.id, 'organisationId', s.organisation_id, 'name', s.name) END AS staff,
      coalesce((SELECT json_agg(json_build_object('roleId', r.id, 'permissions', r.permissions,
                                                  'node', g.organisation_id, 'lines', g.lines_of_business))
                FROM staff_grant g JOIN role r ON r.id = g.role_id WHERE g.staff_id = s.id), '[]') AS grants
    FROM session e JOIN api_client c ON c.id = e.api_client_id LEFT JOIN staff s ON s.id = e.staff_id
    WHERE e.id = ${sessionId}::uuid AND e.revoked_at IS NULL AND c.status = 'ACTIVE' AND coalesce(s.status = 'ACTIVE', true)`);
  return row === undefined ? undefined : { ...row, expiresAt: instantFromDatabase(row.expiresAt) };
}

/** A session, member of staff, role or client whose access has changed, with when, by the database's clock. */
export interface AccessChange {
  readonly id: string;
  readonly at: string;
}

/** How many changes are read at once; more than that, and everything counts as changed. */
export const ACCESS_CHANGES_MAX = 10_000;

/** What changed in the last seconds, as far as it is committed. The four index ranges are nearly always empty. */
export async function selectAccessChanges(runner: SqlRunner, withinSeconds: number): Promise<AccessChange[]> {
  return runner.query<AccessChange>(sql`
    SELECT id, at::text AS at FROM (
      SELECT id, revoked_at AS at FROM session WHERE revoked_at > now() - make_interval(secs => ${withinSeconds})
      UNION ALL SELECT id, access_changed_at FROM staff WHERE access_changed_at > now() - make_interval(secs => ${withinSeconds})
      UNION ALL SELECT id, access_changed_at FROM role WHERE access_changed_at > now() - make_interval(secs => ${withinSeconds})
      UNION ALL SELECT id, access_changed_at FROM api_client WHERE access_changed_at > now() - make_interval(secs => ${withinSeconds})
    ) changed LIMIT ${ACCESS_CHANGES_MAX}`);
}
