import { raw, sql } from '../../connection/sql';
import type { Permission } from '../../../kernel/scope';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';
import { DATED_COLUMNS, type DatedRow } from './dated';
import { factAt, type FactTime } from './fact-at';
import type { FactTable } from './write-dated-fact';

/** How many facts of one kind are read of one owner. */
export const FACTS_MAX = 100;

/** The scoped table that a fact belongs to: a fact is seen by whoever sees its owner. */
export interface FactOwner {
  readonly table: 'customer' | 'account' | 'subscriber';
  readonly permission: Permission;
}

/**
 * Reads the facts of many owners in one statement; each owner must be in scope. `key` is the column of the fact that names
 * the owner.
 */
export async function selectFacts<Row>(
  context: ScopedRead,
  owner: FactOwner,
  fact: FactTable & { readonly key: string },
  ownerIds: readonly string[],
  time: FactTime,
): Promise<(Row & DatedRow)[]> {
  if (ownerIds.length === 0) return [];
  return context.sql.query(sql`
    SELECT f.* FROM unnest(${ownerIds}::uuid[]) AS asked (id)
    JOIN ${raw(owner.table)} o ON o.id = asked.id AND ${visibleTo(context.scope, owner.permission, 'o')}
    CROSS JOIN LATERAL (
      SELECT ${raw(fact.columns.map((column) => `f.${column}`).join(', '))}, ${DATED_COLUMNS}
      FROM ${raw(fact.name)} f
      WHERE f.${raw(fact.key)} = asked.id AND ${factAt('f', time)}
      ORDER BY f.id LIMIT ${FACTS_MAX}
    ) f`);
}
