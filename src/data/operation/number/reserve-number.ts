import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { Permission } from '../../../kernel/scope';
import { empty, raw, sql, type Sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import { offeredTo } from '../scope/visible-to';
import { ACCESS_NUMBER_COLUMNS, type AccessNumberRow, type NumberHolder } from './access-number';
import { looksLike, walkOf, type NumberPattern } from './number-pattern';
import { freeAt, SCANNED_MAX } from './select-access-numbers';

/** What a number becomes when it is pre-occupied 预占. */
export interface PreOccupation {
  readonly holder: NumberHolder;
  readonly until: Instant;
}

/** The number that was taken, with what it was before. */
export type TakenNumber = AccessNumberRow & { readonly state_before: AccessNumberRow['state'] };

/** Free, or held by one of those already: of the alias `n`. */
function freeFor(holders: readonly NumberHolder[], now: Instant): Sql {
  const ids = holders.map(({ id }) => id);
  return sql`(${freeAt(now)} OR (n.state = 'preOccupied' AND n.holder_id = ANY (${ids}::uuid[])))`;
}

function preOccupied({ holder, until }: PreOccupation, now: Instant): Sql {
  return sql`SET state = 'preOccupied', until = ${until}, holder_kind = ${holder.kind}, holder_id = ${holder.id},
    version = n.version + 1, changed_at = ${now}`;
}

/**
 * Pre-occupies numbers that are free, or that one of `mayTakeFrom` holds: a compare-and-set, one statement for all. Rows are locked
 * in the order of their values, so two orders with the same numbers do not wait for each other in a ring. Those that cannot be
 * had are left out of the answer.
 */
export async function preOccupyGiven(
  context: ScopedRead,
  values: readonly string[],
  occupation: PreOccupation,
  mayTakeFrom: readonly NumberHolder[],
  permission: Permission,
): Promise<TakenNumber[]> {
  const free = freeFor(mayTakeFrom, context.now);
  return context.sql.query<TakenNumber>(sql`
    WITH locked AS MATERIALIZED (
      SELECT n.id, n.state AS state_before FROM access_number n
      WHERE n.value = ANY (${values}::text[]) AND ${offeredTo(context.scope, permission, 'n')} AND ${free}
      ORDER BY n.value FOR NO KEY UPDATE OF n)
    UPDATE access_number n ${preOccupied(occupation, context.now)}
    FROM locked WHERE n.id = locked.id
    RETURNING ${ACCESS_NUMBER_COLUMNS}, locked.state_before`);
}

/** What any number of a pool is to be like. */
export interface WantedNumber {
  readonly pattern: NumberPattern;
  /** Null: of any class, or of none. */
  readonly classCode: string | null;
  /** Of no class. */
  readonly ordinary?: boolean;
}

/** How many numbers that fit are tried, of those that others may be taking at this moment. */
const CANDIDATES_MAX = 1_000;

/**
 * Pre-occupies any free number of a pool that looks as asked for. Rows that others are taking are passed over: clerks neither
 * get one number nor wait for one another. With a pattern, at most {@link SCANNED_MAX} numbers are looked at.
 */
export async function preOccupyAny(
  context: ScopedRead,
  poolId: Id<'numberPool'>,
  { pattern, classCode, ordinary = false }: WantedNumber,
  occupation: PreOccupation,
): Promise<TakenNumber | undefined> {
  const { now, scope } = context;
  const visible = offeredTo(scope, 'number:reserve', 'n');
  const ofClass = ordinary ? raw('AND n.class_code IS NULL') : classCode === null ? empty : sql`AND n.class_code = ${classCode}`;
  const anyNumber = Object.keys(pattern).length === 0 && classCode === null;
  const { key, range } = walkOf(pattern);
  const candidates = anyNumber
    ? raw('TRUE')
    : sql`n.id IN (
        SELECT n.id FROM (
          SELECT n.* FROM access_number n WHERE n.pool_id = ${poolId}::uuid AND ${range} ORDER BY ${key} LIMIT ${SCANNED_MAX}) n
        WHERE ${freeAt(now)} AND ${looksLike(pattern)} ${ofClass} LIMIT ${CANDIDATES_MAX})`;
  const [taken] = await context.sql.query<TakenNumber>(sql`
    WITH locked AS MATERIALIZED (
      SELECT n.id, n.state AS state_before FROM access_number n
      WHERE n.pool_id = ${poolId}::uuid AND ${freeAt(now)} AND ${visible} ${ofClass} AND ${candidates}
      ORDER BY n.free_from, n.value LIMIT 1 FOR NO KEY UPDATE OF n SKIP LOCKED)
    UPDATE access_number n ${preOccupied(occupation, now)}
    FROM locked WHERE n.id = locked.id
    RETURNING ${ACCESS_NUMBER_COLUMNS}, locked.state_before`);
  return taken;
}

/** How many numbers somebody holds at an instant, counted up to a bound. */
export async function countHeldBy(context: Pick<ScopedRead, 'sql' | 'now'>, holderId: string, max: number): Promise<number> {
  const [row] = await context.sql.query<{ held: number }>(sql`
    SELECT count(*)::integer AS held FROM (
      SELECT 1 FROM access_number n
      WHERE n.holder_id = ${holderId}::uuid AND n.until > ${context.now}::timestamptz LIMIT ${max}) AS counted`);
  return row?.held ?? 0;
}
