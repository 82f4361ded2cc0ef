import type { Transaction } from '../../connection/core-database';
import { empty, raw, sql, type Sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';

/** A table of dated facts that says what stands above what. */
export interface Hierarchy {
  readonly table: 'customer_relation' | 'account_parent';
  readonly child: string;
  readonly parent: string;
  /** Which facts count, of the alias `f`. */
  readonly only?: Sql;
}

/** How many levels a hierarchy may have. */
export const HIERARCHY_DEPTH_MAX = 32;

/**
 * Waits for the other transactions that change this hierarchy, and keeps others waiting to the end of this one. Row locks on
 * the two ends do not suffice: four owners joined by two transactions can close a ring without a row in common.
 */
export async function lockHierarchy(transaction: Transaction, { table }: Hierarchy): Promise<void> {
  await transaction.query(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`sanhu hierarchy ${table}`}, 0))`);
}

/**
 * Whether the owner stands above itself, or below more than {@link HIERARCHY_DEPTH_MAX} levels, at any instant from `from` on.
 * Facts are followed upwards only as long as all of them hold together. Asked after the write, in its transaction, with the
 * hierarchy locked.
 */
export async function standsAboveItself(
  transaction: Transaction,
  { table, child, parent, only }: Hierarchy,
  ownerId: string,
  from: Instant,
): Promise<boolean> {
  const counted = sql`upper_inf(f.recorded) ${only === undefined ? empty : sql`AND ${only}`}`;
  const [row] = await transaction.query<{ found: boolean }>(sql`
    WITH RECURSIVE above AS (
      SELECT f.${raw(parent)} AS id, f.valid * tstzrange(${from}, NULL) AS valid, 1 AS depth
      FROM ${raw(table)} f WHERE f.${raw(child)} = ${ownerId} AND f.valid && tstzrange(${from}, NULL) AND ${counted}
      UNION
      SELECT f.${raw(parent)}, f.valid * above.valid, above.depth + 1
      FROM above JOIN ${raw(table)} f ON f.${raw(child)} = above.id AND f.valid && above.valid AND ${counted}
      WHERE above.id <> ${ownerId} AND above.depth <= ${HIERARCHY_DEPTH_MAX}
    )
    SELECT EXISTS (SELECT FROM above WHERE id = ${ownerId} OR depth > ${HIERARCHY_DEPTH_MAX}) AS found`);
  return row?.found === true;
}
