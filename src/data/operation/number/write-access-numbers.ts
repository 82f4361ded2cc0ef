import type { Transaction } from '../../connection/core-database';
import { sql, type Sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { newId, type Id } from '../../../kernel/id';
import type { Permission } from '../../../kernel/scope';
import type { ScopedRead } from '../read-context';
import { offeredTo, visibleTo } from '../scope/visible-to';
import { ACCESS_NUMBER_COLUMNS, type AccessNumberRow, type NumberHolder, type NumberState } from './access-number';

/** A number as it stands in its locked row. */
export type LockedNumber = AccessNumberRow;

/** Which numbers of the alias `n` are within reach: managed by the caller, or used where the caller may do something. */
export type NumberReach = 'managed' | 'offered';

function within({ scope }: ScopedRead, permission: Permission, reach: NumberReach): Sql {
  return reach === 'managed' ? visibleTo(scope, permission, 'n') : offeredTo(scope, permission, 'n');
}

function lockWhere(context: ScopedRead, condition: Sql): Promise<LockedNumber[]> {
  return context.sql.query<AccessNumberRow>(sql`
    SELECT ${ACCESS_NUMBER_COLUMNS} FROM access_number n WHERE ${condition} ORDER BY n.value FOR NO KEY UPDATE OF n`);
}

/** Locks numbers for a change, in the order of their values; those within reach only. */
export function lockNumbers(
  context: ScopedRead,
  values: readonly string[],
  permission: Permission,
  reach: NumberReach,
): Promise<LockedNumber[]> {
  return lockWhere(context, sql`n.value = ANY (${values}::text[]) AND ${within(context, permission, reach)}`);
}

/** Locks the numbers that a subscriber has, and one that it is to have: also one that others may use, which then says so. */
export function lockNumbersOf(context: ScopedRead, subscriberId: Id<'subscriber'>, value: string | null): Promise<LockedNumber[]> {
  return lockWhere(context, sql`(n.subscriber_id = ${subscriberId}::uuid OR n.value = ${value}::text)`);
}

/** As {@link lockNumbersOf}, of many subscribers, and of every number that one of them is to have. */
export function lockNumbersOfMany(
  context: ScopedRead,
  subscriberIds: readonly Id<'subscriber'>[],
  values: readonly string[],
): Promise<LockedNumber[]> {
  return lockWhere(context, sql`(n.subscriber_id = ANY (${subscriberIds}::uuid[]) OR n.value = ANY (${values}::text[]))`);
}

/** Locks the numbers that somebody holds, in the order of their values. */
export function lockHeldBy(context: ScopedRead, { kind, id }: NumberHolder): Promise<LockedNumber[]> {
  return lockWhere(context, sql`n.holder_id = ${id}::uuid AND n.holder_kind = ${kind}`);
}

/** What a number is from now on. What is not given is nobody's, or never. */
export interface NumberStanding {
  readonly state: NumberState;
  readonly until?: Instant;
  readonly holder?: NumberHolder;
}

/** Gives locked numbers another standing; each its subscriber, where it has one. */
export async function updateNumbers(
  context: Pick<ScopedRead, 'sql' | 'now'>,
  numbers: readonly { readonly id: Id<'accessNumber'>; readonly subscriberId?: Id<'subscriber'> }[],
  { state, until, holder }: NumberStanding,
): Promise<void> {
  if (numbers.length === 0) return;
  await context.sql.query(sql`
    UPDATE access_number n
    SET state = ${state}, until = ${until ?? null}, holder_kind = ${holder?.kind ?? null}, holder_id = ${holder?.id ?? null},
        subscriber_id = r.subscriber_id, version = n.version + 1, changed_at = ${context.now}
    FROM unnest(${numbers.map(({ id }) => id)}::uuid[], ${numbers.map(({ subscriberId }) => subscriberId ?? null)}::uuid[])
         AS r (id, subscriber_id)
    WHERE n.id = r.id`);
}

/** Puts locked numbers into a class, or out of any. */
export async function updateNumberClasses(
  context: Pick<ScopedRead, 'sql' | 'now'>,
  ids: readonly Id<'accessNumber'>[],
  classCode: string | null,
): Promise<void> {
  await context.sql.query(sql`
    UPDATE access_number n SET class_code = ${classCode}, version = n.version + 1, changed_at = ${context.now}
    WHERE n.id = ANY (${ids}::uuid[])`);
}

/**
 * Turns over numbers whose pre-occupation expired or whose freezing is over, at most `limit`: they are idle from then on in name
 * too. What others are at is passed over, and comes the next time.
 */
export async function turnOverElapsed(transaction: Transaction, now: Instant, limit: number): Promise<number> {
  const rows = await transaction.query<{ id: string }>(sql`
    WITH elapsed AS MATERIALIZED (
      SELECT n.id FROM access_number n WHERE n.until <= ${now}::timestamptz LIMIT ${limit} FOR NO KEY UPDATE OF n SKIP LOCKED)
    UPDATE access_number n SET state = 'idle', until = NULL, holder_kind = NULL, holder_id = NULL,
      version = n.version + 1, changed_at = ${now}
    FROM elapsed WHERE n.id = elapsed.id RETURNING n.id`);
  return rows.length;
}

/** A number that somebody is to have at a node. */
export interface AskedNumber {
  readonly value: string;
  readonly organisationId: Id<'organisation'>;
}

/** A locked number, and whether its pool is used at the node that asked for it. */
export type AskedNumberRow = LockedNumber & { readonly asked_at: Id<'organisation'>; readonly used_there: boolean };

/**
 * Locks the numbers among those asked for that are in stock, in the order of their values. Whose they are is judged by the rows: what
 * is answered to a caller is only that one cannot be had.
 */
export function lockAskedNumbers(context: ScopedRead, asked: readonly AskedNumber[]): Promise<AskedNumberRow[]> {
  return context.sql.query<AskedNumberRow>(sql`
    SELECT ${ACCESS_NUMBER_COLUMNS}, r.organisation_id AS asked_at, EXISTS (
      SELECT FROM organisation_closure c WHERE c.ancestor_id = n.organisation_id AND c.descendant_id = r.organisation_id) AS used_there
    FROM unnest(${asked.map(({ value }) => value)}::text[], ${asked.map(({ organisationId }) => organisationId)}::uuid[])
         AS r (value, organisation_id)
    JOIN access_number n ON n.value = r.value
    ORDER BY n.value FOR NO KEY UPDATE OF n`);
}

/** A number that was another operator's comes into a pool, or comes again: in use by its subscriber from now on. */
export async function insertPortedIn(
  context: Pick<ScopedRead, 'sql' | 'now'>,
  { value, subscriberId }: { readonly value: string; readonly subscriberId: Id<'subscriber'> },
  pool: { readonly id: Id<'numberPool'>; readonly organisationId: Id<'organisation'>; readonly serviceType: string },
): Promise<LockedNumber | undefined> {
  const [row] = await context.sql.query<AccessNumberRow>(sql`
    INSERT INTO access_number AS n (id, value, pool_id, organisation_id, service_type, state, subscriber_id, version, changed_at)
    VALUES (${newId('accessNumber')}, ${value}, ${pool.id}, ${pool.organisationId}, ${pool.serviceType}, 'portedIn', ${subscriberId}, 1,
            ${context.now})
    ON CONFLICT (value) DO UPDATE
      SET pool_id = excluded.pool_id, organisation_id = excluded.organisation_id, service_type = excluded.service_type, class_code = NULL,
          state = excluded.state, subscriber_id = excluded.subscriber_id, version = n.version + 1, changed_at = excluded.changed_at
      WHERE n.state = 'scrapped'
    RETURNING ${ACCESS_NUMBER_COLUMNS}`);
  return row;
}
