import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { Page, PageRequest } from '../../../kernel/page';
import { among, empty, sql, type Sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import { offeredTo } from '../scope/visible-to';
import { ACCESS_NUMBER_COLUMNS, toAccessNumber, type AccessNumber, type AccessNumberRow, type NumberState } from './access-number';
import { looksLike, walkOf, type NumberPattern } from './number-pattern';
import { selectPoolsToSearch } from './select-number-pools';

/** Numbers by id, those of pools that are used where the caller may see numbers. */
export async function selectAccessNumbersById(context: ScopedRead, ids: readonly Id<'accessNumber'>[]): Promise<AccessNumber[]> {
  const rows = await context.sql.query<AccessNumberRow>(sql`
    SELECT ${ACCESS_NUMBER_COLUMNS} FROM access_number n
    WHERE n.id ${among(ids)} AND ${offeredTo(context.scope, 'number:read', 'n')}`);
  return rows.map((row) => toAccessNumber(row, context.now));
}

export async function selectAccessNumberByValue(context: ScopedRead, value: string): Promise<AccessNumber | undefined> {
  const [number] = await selectAccessNumbersByValue(context, [value]);
  return number;
}

/** As {@link selectAccessNumberByValue}, of many. */
export async function selectAccessNumbersByValue(context: ScopedRead, values: readonly string[]): Promise<AccessNumber[]> {
  const rows = await context.sql.query<AccessNumberRow>(sql`
    SELECT ${ACCESS_NUMBER_COLUMNS} FROM access_number n
    WHERE n.value = ANY (${values}::text[]) AND ${offeredTo(context.scope, 'number:read', 'n')}`);
  return rows.map((row) => toAccessNumber(row, context.now));
}

/** The pools to look through: one, or those of a line of business, one after another. */
export type SearchedPools = { readonly poolId: Id<'numberPool'> } | { readonly serviceType: string };

export interface AccessNumberFilter {
  readonly pattern: NumberPattern;
  readonly classCode?: string;
  /** As it counts now: what has expired is idle. */
  readonly state?: NumberState;
}

/** How many numbers of a pool, and how many pools, one search looks at; it then says where the next one goes on. */
export const SCANNED_MAX = 20_000;
export const POOLS_SEARCHED_MAX = 10;

/**
 * One page of numbers, pool by pool; within one in the order of the index that the pattern chooses. The cursor is (pool, number).
 * A page may hold fewer rows than asked for, and yet not be the last: then the search has looked at as many as it may, and
 * `endCursor` says where it stopped.
 */
export async function searchAccessNumbers(
  context: ScopedRead,
  pools: SearchedPools,
  filter: AccessNumberFilter,
  page: PageRequest,
): Promise<Page<AccessNumber>> {
  const [fromPool = null, fromValue = null] = page.after ?? [];
  const asked =
    'poolId' in pools ? [pools.poolId] : await selectPoolsToSearch(context, { ...pools, from: fromPool, limit: POOLS_SEARCHED_MAX + 1 });
  const found: AccessNumber[] = [];
  for (const poolId of asked.slice(0, POOLS_SEARCHED_MAX)) {
    const wanted = page.first - found.length + 1;
    const after = poolId === fromPool && fromValue !== '' ? fromValue : null;
    const rows = await selectOfPool(context, poolId, filter, { after, limit: wanted });
    found.push(...rows.map((row) => toAccessNumber(row, context.now)));
    if (found.length > page.first) return { rows: found.slice(0, page.first), hasNextPage: true };
    const stoppedAt = await selectEndOfScan(context, poolId, filter, after);
    if (stoppedAt !== undefined) return { rows: found, hasNextPage: true, endCursor: [poolId, stoppedAt] };
  }
  const nextPool = asked[POOLS_SEARCHED_MAX];
  return nextPool === undefined ? { rows: found, hasNextPage: false } : { rows: found, hasNextPage: true, endCursor: [nextPool, ''] };
}

/** A pool's numbers along the index that the pattern chooses, at most {@link SCANNED_MAX}: never more is looked at. */
function scanOf(poolId: Id<'numberPool'>, { pattern }: AccessNumberFilter, after: string | null, part: Sql): Sql {
  const { key, range, after: behind } = walkOf(pattern);
  return sql`SELECT n.* FROM access_number n
    WHERE n.pool_id = ${poolId}::uuid AND ${range} ${after === null ? empty : sql`AND ${behind(after)}`}
    ORDER BY ${key} ${part}`;
}

function selectOfPool(
  context: ScopedRead,
  poolId: Id<'numberPool'>,
  filter: AccessNumberFilter,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<AccessNumberRow[]> {
  return context.sql.query<AccessNumberRow>(sql`
    SELECT ${ACCESS_NUMBER_COLUMNS} FROM (${scanOf(poolId, filter, after, sql`LIMIT ${SCANNED_MAX}`)}) n
    WHERE ${offeredTo(context.scope, 'number:read', 'n')} AND ${looksLike(filter.pattern)}
      ${filter.classCode === undefined ? empty : sql`AND n.class_code = ${filter.classCode}`}
      ${filter.state === undefined ? empty : sql`AND ${standsAs(filter.state, context.now)}`}
    ORDER BY ${walkOf(filter.pattern).key} LIMIT ${limit}`);
}

/** The last number that a scan may look at, where it ends before the pool does. */
async function selectEndOfScan(
  context: ScopedRead,
  poolId: Id<'numberPool'>,
  filter: AccessNumberFilter,
  after: string | null,
): Promise<string | undefined> {
  const [row] = await context.sql.query<{ value: string }>(sql`
    SELECT n.value FROM (${scanOf(poolId, filter, after, sql`OFFSET ${SCANNED_MAX - 1} LIMIT 1`)}) n
    WHERE ${offeredTo(context.scope, 'number:read', 'n')}`);
  return row?.value;
}

/** The predicate of a state as it counts at an instant, of the alias `n`. */
function standsAs(state: NumberState, now: Instant): Sql {
  if (state === 'idle') return freeAt(now);
  return state === 'preOccupied' || state === 'frozen' ? sql`n.state = ${state} AND n.until > ${now}` : sql`n.state = ${state}`;
}

/** Whether anybody may take the number of the alias `n`. */
export function freeAt(now: Instant): Sql {
  return sql`n.free_from <= ${now}::timestamptz`;
}

/** How many free numbers of a pool are counted: as many mean so many or more. */
export const FREE_COUNTED_MAX = 1_000;

/** How many numbers each pool has to give out now, counted up to {@link FREE_COUNTED_MAX}. */
export async function countFreeNumbers(
  context: ScopedRead,
  poolIds: readonly Id<'numberPool'>[],
): Promise<{ readonly poolId: Id<'numberPool'>; readonly free: number }[]> {
  return context.sql.query(sql`
    SELECT asked.id AS "poolId", counted.free FROM unnest(${poolIds}::uuid[]) AS asked (id)
    CROSS JOIN LATERAL (
      SELECT count(*)::integer AS free FROM (
        SELECT 1 FROM access_number n
        WHERE n.pool_id = asked.id AND ${freeAt(context.now)} AND ${offeredTo(context.scope, 'number:read', 'n')}
        LIMIT ${FREE_COUNTED_MAX}) AS free_ones) AS counted`);
}
