import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import { instantFromDatabase, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';

export interface NewSession {
  readonly id: Id<'session'>;
  /** Null: the client itself, a partner's system. */
  readonly staffId: Id<'staff'> | null;
  readonly apiClientId: Id<'apiClient'>;
  readonly refreshHash: Buffer | null;
  readonly address: string | null;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

export async function insertSession(transaction: Transaction, session: NewSession): Promise<void> {
  await transaction.query(sql`
    INSERT INTO session (id, staff_id, api_client_id, refresh_hash, address, created_at, expires_at)
    VALUES (${session.id}, ${session.staffId}, ${session.apiClientId}, ${session.refreshHash}, ${session.address},
            ${session.createdAt}, ${session.expiresAt})`);
}

/** A session as it stands in its locked row. */
export interface LockedSession {
  readonly id: Id<'session'>;
  readonly staffId: Id<'staff'> | null;
  readonly apiClientId: Id<'apiClient'>;
  /** Of the member of staff, or of the partner's client. */
  readonly organisationId: Id<'organisation'> | null;
  readonly refreshHash: Buffer | null;
  readonly previousRefreshHash: Buffer | null;
  readonly rotatedAt: Instant | null;
  readonly expiresAt: Instant;
  readonly revoked: boolean;
  /** Whether the member of staff and the client are both still active. */
  readonly active: boolean;
}

interface LockedSessionRow extends Omit<LockedSession, 'rotatedAt' | 'expiresAt'> {
  readonly rotatedAt: string | null;
  readonly expiresAt: string;
}

/** Locks a session. It asks no scope: whoever calls must have proved that the session is his. */
export async function lockSession(transaction: Transaction, id: Id<'session'>): Promise<LockedSession | undefined> {
  const [row] = await transaction.query<LockedSessionRow>(sql`
    SELECT e.id, e.staff_id AS "staffId", e.api_client_id AS "apiClientId", coalesce(s.organisation_id, c.organisation_id) AS "organisationId",
           e.refresh_hash AS "refreshHash", e.previous_refresh_hash AS "previousRefreshHash",
           e.rotated_at::text AS "rotatedAt", e.expires_at::text AS "expiresAt", e.revoked_at IS NOT NULL AS revoked,
           c.status = 'ACTIVE' AND coalesce(s.status = 'ACTIVE', true) AS active
    FROM session e JOIN api_client c ON c.id = e.api_client_id LEFT JOIN staff s ON s.id = e.staff_id
    WHERE e.id = ${id}::uuid FOR UPDATE OF e`);
  if (row === undefined) return undefined;
  return {
    ...row,
    rotatedAt: row.rotatedAt === null ? null : instantFromDatabase(row.rotatedAt),
    expiresAt: instantFromDatabase(row.expiresAt),
  };
}

/** Puts a new refresh token in the place of the current one, which is remembered as the previous. */
export async function rotateRefreshHash(transaction: Transaction, id: Id<'session'>, refreshHash: Buffer, now: Instant): Promise<void> {
  await transaction.query(sql`
    UPDATE session SET previous_refresh_hash = refresh_hash, refresh_hash = ${refreshHash}, rotated_at = ${now} WHERE id = ${id}::uuid`);
}

/** Revokes sessions by id, by the database's clock; returns those that were not revoked before. */
export async function revokeSessionsById(transaction: Transaction, ids: readonly Id<'session'>[]): Promise<Id<'session'>[]> {
  const rows = await transaction.query<{ id: Id<'session'> }>(sql`
    UPDATE session SET revoked_at = clock_timestamp() WHERE id = ANY (${ids}::uuid[]) AND revoked_at IS NULL RETURNING id`);
  return rows.map((row) => row.id);
}

/** Revokes every session of a member of staff, or all but one. */
export async function revokeSessionsOfStaff(
  transaction: Transaction,
  staffId: Id<'staff'>,
  exceptId: Id<'session'> | null,
): Promise<Id<'session'>[]> {
  const rows = await transaction.query<{ id: Id<'session'> }>(sql`
    UPDATE session SET revoked_at = clock_timestamp()
    WHERE staff_id = ${staffId}::uuid AND revoked_at IS NULL AND (${exceptId}::uuid IS NULL OR id <> ${exceptId}::uuid) RETURNING id`);
  return rows.map((row) => row.id);
}

/** Revokes every session of a client. */
export async function revokeSessionsOfClient(transaction: Transaction, clientId: Id<'apiClient'>): Promise<Id<'session'>[]> {
  const rows = await transaction.query<{ id: Id<'session'> }>(sql`
    UPDATE session SET revoked_at = clock_timestamp() WHERE api_client_id = ${clientId}::uuid AND revoked_at IS NULL RETURNING id`);
  return rows.map((row) => row.id);
}

/** A log-in that is still good, as those who look after the member of staff may see it. */
export interface Session {
  readonly id: Id<'session'>;
  readonly staffId: Id<'staff'>;
  readonly apiClientId: Id<'apiClient'>;
  readonly address: string | null;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

/** How many sessions of one member of staff are read. */
const SESSIONS_MAX = 100;

/** The latest open sessions of members of staff in scope. */
export async function selectSessionsOfStaff(context: ScopedRead, staffIds: readonly Id<'staff'>[]): Promise<Session[]> {
  const rows = await context.sql.query<Omit<Session, 'createdAt' | 'expiresAt'> & { createdAt: string; expiresAt: string }>(sql`
    SELECT e.id, s.id AS "staffId", e.api_client_id AS "apiClientId", e.address,
           e.created_at::text AS "createdAt", e.expires_at::text AS "expiresAt"
    FROM staff s CROSS JOIN LATERAL (
      SELECT e.* FROM session e WHERE e.staff_id = s.id AND e.revoked_at IS NULL AND e.expires_at > ${context.now}
      ORDER BY e.id DESC LIMIT ${SESSIONS_MAX}
    ) e
    WHERE s.id = ANY (${staffIds}::uuid[]) AND ${visibleTo(context.scope, 'staff:read', 's')}`);
  return rows.map((row) => ({ ...row, createdAt: instantFromDatabase(row.createdAt), expiresAt: instantFromDatabase(row.expiresAt) }));
}

/** Deletes at most `limit` sessions that ended before the instant; returns how many went. */
export async function deleteSessionsBefore(transaction: Transaction, before: Instant, limit: number): Promise<number> {
  const gone = await transaction.query(sql`
    DELETE FROM session WHERE id = ANY (ARRAY(
      SELECT e.id FROM session e WHERE e.expires_at < ${before} ORDER BY e.expires_at LIMIT ${limit}
    )) RETURNING 1 AS gone`);
  return gone.length;
}

/** How many sessions a client has open, counted up to a limit. */
export async function countOpenSessions(transaction: Transaction, clientId: Id<'apiClient'>, now: Instant, limit: number): Promise<number> {
  const [row] = await transaction.query<{ count: number }>(sql`
    SELECT count(*)::integer AS count FROM (
      SELECT FROM session e WHERE e.api_client_id = ${clientId}::uuid AND e.revoked_at IS NULL AND e.expires_at > ${now} LIMIT ${limit}
    ) open`);
  return row?.count ?? 0;
}
