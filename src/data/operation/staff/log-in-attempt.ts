import type { Transaction } from '../../connection/core-database';
import type { SqlRunner } from '../../connection/run-statement';
import { sql } from '../../connection/sql';
import { optionalInstant, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { StaffStatus } from './staff';

/** What a log-in is checked against. Never leaves the business layer. */
export interface Credentials {
  readonly staffId: Id<'staff'>;
  readonly organisationId: Id<'organisation'>;
  readonly passwordHash: string | null;
  readonly status: StaffStatus;
}

export async function selectCredentials(runner: SqlRunner, loginName: string): Promise<Credentials | undefined> {
  const [row] = await runner.query<Credentials>(sql`
    SELECT s.id AS "staffId", s.organisation_id AS "organisationId", s.password_hash AS "passwordHash", s.status
    FROM staff s WHERE s.login_name = ${loginName}`);
  return row;
}

/** The password's hash of the member of staff who calls, to check his old password. */
export async function selectOwnCredentials(runner: SqlRunner, callerId: Id<'staff'>): Promise<Credentials | undefined> {
  const [row] = await runner.query<Credentials>(sql`
    SELECT s.id AS "staffId", s.organisation_id AS "organisationId", s.password_hash AS "passwordHash", s.status
    FROM staff s WHERE s.id = ${callerId}::uuid`);
  return row;
}

export interface AttemptLimits {
  readonly attempts: number;
  readonly lockOutSeconds: number;
}

/**
 * Counts an attempt before its password is looked at, so that however many are made at once, no more than `attempts` are
 * ever checked; the one that reaches the limit locks. A success takes the count back. `staffId` null is a name that
 * nobody has: it costs the server the same, down to the flushed commit.
 * @returns the number of this attempt since the last success; undefined when the name is locked or unknown
 */
export async function countAttempt(
  transaction: Transaction,
  staffId: Id<'staff'> | null,
  { attempts, lockOutSeconds }: AttemptLimits,
  now: Instant,
): Promise<number | undefined> {
  const [row] = await transaction.query<{ failed: number; locked_until: string | null }>(sql`
    SELECT s.failed_log_ins AS failed, s.locked_until::text AS locked_until FROM staff s WHERE s.id = ${staffId}::uuid FOR NO KEY UPDATE`);
  const lockedUntil = optionalInstant(row?.locked_until ?? null);
  if (row === undefined || (lockedUntil !== null && lockedUntil.epochMilliseconds > now.epochMilliseconds)) {
    await transaction.query(sql`SELECT pg_logical_emit_message(true, 'sanhu', '')::text AS position`);
    return undefined;
  }
  // A lock that has run out begins the count anew.
  const attempt = lockedUntil === null ? row.failed + 1 : 1;
  const until = attempt >= attempts ? now.add({ seconds: lockOutSeconds }) : null;
  await transaction.query(sql`
    UPDATE staff SET failed_log_ins = ${attempt}, locked_until = ${until}::timestamptz WHERE id = ${staffId}::uuid`);
  return attempt;
}

/** Forgives the attempts so far, provided the password that was checked is still the password, and he is still active. */
export async function forgiveAttempts(transaction: Transaction, staffId: Id<'staff'>, passwordHash: string): Promise<boolean> {
  const rows = await transaction.query(sql`
    UPDATE staff SET failed_log_ins = 0, locked_until = NULL
    WHERE id = ${staffId}::uuid AND password_hash = ${passwordHash} AND status = 'ACTIVE' RETURNING id`);
  return rows.length > 0;
}

/** The active member of staff for whom an outside issuer vouches. */
export async function selectStaffByIdentity(
  transaction: Transaction,
  issuer: string,
  subject: string,
): Promise<{ readonly staffId: Id<'staff'>; readonly organisationId: Id<'organisation'> } | undefined> {
  const [row] = await transaction.query<{ staffId: Id<'staff'>; organisationId: Id<'organisation'> }>(sql`
    SELECT s.id AS "staffId", s.organisation_id AS "organisationId" FROM staff s
    WHERE s.oidc_issuer = ${issuer} AND s.oidc_subject = ${subject} AND s.status = 'ACTIVE' FOR SHARE OF s`);
  return row;
}

/** An active client by its code, for a log-in. */
export interface LogInClient {
  readonly id: Id<'apiClient'>;
  readonly kind: 'STAFF_APPLICATION' | 'PARTNER';
  readonly organisationId: Id<'organisation'> | null;
  readonly secretHash: string | null;
}

export async function selectActiveClientByCode(runner: SqlRunner, code: string): Promise<LogInClient | undefined> {
  const [row] = await runner.query<LogInClient>(sql`
    SELECT c.id, c.kind, c.organisation_id AS "organisationId", c.secret_hash AS "secretHash" FROM api_client c
    WHERE c.code = ${code} AND c.status = 'ACTIVE'`);
  return row;
}

/** The same by id, held so that it cannot be disabled, nor its secret changed, before the session is made. */
export async function holdActiveClient(transaction: Transaction, id: Id<'apiClient'>): Promise<LogInClient | undefined> {
  const [row] = await transaction.query<LogInClient>(sql`
    SELECT c.id, c.kind, c.organisation_id AS "organisationId", c.secret_hash AS "secretHash" FROM api_client c
    WHERE c.id = ${id}::uuid AND c.status = 'ACTIVE' FOR SHARE OF c`);
  return row;
}
