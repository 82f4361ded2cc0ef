import type { Id } from '../../../kernel/id';
import { toPage, type Page, type PageRequest } from '../../../kernel/page';
import type { Permission } from '../../../kernel/scope';
import { empty, sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import { offeredTo } from '../scope/visible-to';
import { NUMBER_POOL_COLUMNS, toNumberPool, type NumberPool, type NumberPoolRow, type NumberPoolStatus } from './number-pool';

/** Pools by id, those that are used where the caller may see numbers. */
export async function selectNumberPoolsById(context: ScopedRead, ids: readonly Id<'numberPool'>[]): Promise<NumberPool[]> {
  const rows = await context.sql.query<NumberPoolRow>(sql`
    SELECT ${NUMBER_POOL_COLUMNS} FROM number_pool p
    WHERE p.id = ANY (${ids}::uuid[]) AND ${offeredTo(context.scope, 'number:read', 'p')}`);
  return rows.map(toNumberPool);
}

/** What is known of the pools that are looked for. Every part given must hold. */
export interface NumberPoolFilter {
  readonly code?: string;
  readonly serviceType?: string;
  readonly status?: NumberPoolStatus;
  /** Pools that this node may use: its own and those of the nodes above it. */
  readonly usedAtId?: Id<'organisation'>;
}

/** One page of pools in the order of their codes; the cursor is (code). */
export async function searchNumberPools(context: ScopedRead, filter: NumberPoolFilter, page: PageRequest): Promise<Page<NumberPool>> {
  const { code, serviceType, status, usedAtId } = filter;
  const rows = await context.sql.query<NumberPoolRow>(sql`
    SELECT ${NUMBER_POOL_COLUMNS} FROM number_pool p
    WHERE ${offeredTo(context.scope, 'number:read', 'p')} AND p.code > ${page.after?.[0] ?? ''}::text
      ${code === undefined ? empty : sql`AND p.code = ${code}`}
      ${serviceType === undefined ? empty : sql`AND p.service_type = ${serviceType}`}
      ${status === undefined ? empty : sql`AND p.status = ${status}`}
      ${
        usedAtId === undefined
          ? empty
          : sql`AND p.organisation_id IN (
        SELECT above.ancestor_id FROM organisation_closure above WHERE above.descendant_id = ${usedAtId}::uuid)`
      }
    ORDER BY p.code LIMIT ${page.first + 1}`);
  return toPage(rows.map(toNumberPool), page.first);
}

/** Pools of a line of business in the order of their ids, from one on: those that a search goes through. */
export async function selectPoolsToSearch(
  context: ScopedRead,
  { serviceType, from, limit }: { readonly serviceType: string; readonly from: string | null; readonly limit: number },
): Promise<Id<'numberPool'>[]> {
  const rows = await context.sql.query<{ id: Id<'numberPool'> }>(sql`
    SELECT p.id FROM number_pool p
    WHERE p.service_type = ${serviceType} AND ${offeredTo(context.scope, 'number:read', 'p')}
      ${from === null ? empty : sql`AND p.id >= ${from}::uuid`}
    ORDER BY p.id LIMIT ${limit}`);
  return rows.map((row) => row.id);
}

/**
 * The pool that a number ported in comes to: of the line of business, active, of the node itself or the nearest above it. It is not
 * closed before the transaction ends.
 */
export async function holdNearestPool(
  context: ScopedRead,
  permission: Permission,
  serviceType: string,
  organisationId: Id<'organisation'>,
): Promise<NumberPool | undefined> {
  const [row] = await context.sql.query<NumberPoolRow>(sql`
    SELECT ${NUMBER_POOL_COLUMNS} FROM number_pool p
    JOIN organisation_closure above ON above.ancestor_id = p.organisation_id AND above.descendant_id = ${organisationId}::uuid
    WHERE p.service_type = ${serviceType} AND p.status = 'ACTIVE' AND ${offeredTo(context.scope, permission, 'p')}
    ORDER BY above.depth, p.code LIMIT 1 FOR SHARE OF p`);
  return row === undefined ? undefined : toNumberPool(row);
}

/** Pools of a line of business that are used at a node, the nearest first, or one of them; those in scope. */
export async function selectPoolsUsedAt(
  context: ScopedRead,
  asked: {
    readonly serviceType: string;
    readonly organisationId: Id<'organisation'>;
    readonly poolId?: Id<'numberPool'> | null;
    readonly limit: number;
  },
): Promise<Id<'numberPool'>[]> {
  const { serviceType, organisationId, poolId = null, limit } = asked;
  const rows = await context.sql.query<{ id: Id<'numberPool'> }>(sql`
    SELECT p.id FROM number_pool p
    JOIN organisation_closure above ON above.ancestor_id = p.organisation_id AND above.descendant_id = ${organisationId}::uuid
    WHERE p.service_type = ${serviceType} AND p.status = 'ACTIVE' AND ${offeredTo(context.scope, 'number:read', 'p')}
      ${poolId === null ? empty : sql`AND p.id = ${poolId}::uuid`}
    ORDER BY above.depth, p.code LIMIT ${limit}`);
  return rows.map(({ id }) => id);
}
