import type { Transaction } from '../../connection/core-database';
import { join, raw, sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { newId, type Id } from '../../../kernel/id';
import type { FactTable, Validity } from './write-dated-fact';

/** Adds a fact beside those that there are. Where it may not overlap them, the table's exclusion constraint says no. */
export async function insertDatedFact(
  transaction: Transaction,
  table: FactTable,
  fact: Readonly<Record<string, string | number | boolean | bigint | null>>,
  valid: Validity,
  now: Instant,
): Promise<Id<'fact'>> {
  const id = newId('fact');
  await transaction.query(sql`
    INSERT INTO ${raw(table.name)} (id, ${raw(table.columns.join(', '))}, valid, recorded)
    VALUES (${id}, ${join(table.columns.map((column) => fact[column] ?? null))},
            tstzrange(${valid.from}, ${valid.to}), tstzrange(${now}, NULL))`);
  return id;
}
