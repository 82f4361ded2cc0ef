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

/** The number that was taken; `NONE`: no free one is so; `UNSEEN`: among as many as were looked at. */
export type AnyTaken = TakenNumber | 'NONE' | 'UNSEEN';

/** How many numbers may still be looked at: what is looked at is taken from it. */
export interface ScanBudget {
  left: number;
}

/**
 * Pre-occupies any free number of a pool that looks as asked for. Rows that others are taking are passed over: clerks neither
 * get one number nor wait for one another. Without a pattern an index leads to a free one; with one, the numbers along the index
 * that the pattern chooses are looked at, {@link SCANNED_MAX} by a statement, for as long as the budget lasts.
 */
export async function preOccupyAny(
  context: ScopedRead,
  poolId: Id<'numberPool'>,
  wanted: WantedNumber,
  occupation: PreOccupation,
  budget: ScanBudget,
): Promise<AnyTaken> {
  const { pattern } = wanted;
  if (Object.keys(pattern).length === 0) return (await takeOne(context, poolId, wanted, occupation, null)) ?? 'NONE';
  const { key, range, after: behind } = walkOf(pattern);
  for (let after: string | null = null; budget.left > 0;) {
    const walked: Sql = sql`FROM access_number n WHERE n.pool_id = ${poolId}::uuid AND ${range} ${after === null ? empty : sql`AND ${behind(after)}`}
      ORDER BY ${key}`;
    const taken = await takeOne(context, poolId, wanted, occupation, walked);
    if (taken !== undefined) return taken;
    budget.left -= SCANNED_MAX;
    const [last]: { readonly value: string }[] = await context.sql.query<{ value: string }>(
      sql`SELECT n.value ${walked} OFFSET ${SCANNED_MAX - 1} LIMIT 1`,
    );
    if (last === undefined) return 'NONE';
    after = last.value;
  }
  return 'UNSEEN';
}

/** Takes the number that has been free for longest; of those that a walk comes to first, if there is one. */
async function takeOne(
  { sql: runner, now, scope }: ScopedRead,
  poolId: Id<'numberPool'>,
  { pattern, classCode, ordinary = false }: WantedNumber,
  occupation: PreOccupation,
  walked: Sql | null,
): Promise<TakenNumber | undefined> {
  const visible = offeredTo(scope, 'number:reserve', 'n');
  const ofClass = ordinary ? raw('AND n.class_code IS NULL') : classCode === null ? empty : sql`AND n.class_code = ${classCode}`;
  const candidates =
    walked === null
      ? raw('TRUE')
      : sql`n.id IN (
          SELECT n.id FROM (SELECT n.* ${walked} LIMIT ${SCANNED_MAX}) n
          WHERE ${freeAt(now)} AND ${looksLike(pattern)} ${ofClass} LIMIT ${CANDIDATES_MAX})`;
  const [taken] = await runner.query<TakenNumber>(sql`
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
