import type { Transaction } from '../../connection/core-database';
import { join, raw, sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { newId, type Id } from '../../../kernel/id';

/** A table of dated facts: `id`, the columns that say whose fact it is and what it says, `valid`, `recorded`. */
export interface FactTable {
  readonly name: string;
  readonly columns: readonly string[];
}

type Columns = Readonly<Record<string, string | number | boolean | bigint | null>>;

/** When a fact holds: half-open, without an end while none is known. */
export interface Validity {
  readonly from: Instant;
  readonly to: Instant | null;
}

/**
 * Makes a fact true over `valid` as known from `now` on. What was held before over that time, for the same `key`, is
 * closed in recording time and kept; its parts outside `valid` are recorded anew. `fact` null takes the fact away.
 * The caller holds the lock of the aggregate that the fact belongs to.
 * @returns the id of the new fact, and the facts that it replaced
 */
export async function writeDatedFact<Row extends Columns = Columns>(
  transaction: Transaction,
  table: FactTable,
  { key, fact, valid, now }: { key: Columns; fact: Columns | null; valid: Validity; now: Instant },
): Promise<{ readonly id: Id<'fact'> | null; readonly replaced: readonly Row[] }> {
  const range = sql`tstzrange(${valid.from}, ${valid.to})`;
  const columns = raw(table.columns.join(', '));
  const closed = await transaction.query<Row & { fact_id: string }>(sql`
    UPDATE ${raw(table.name)} SET recorded = tstzrange(lower(recorded), greatest(lower(recorded), ${now}::timestamptz))
    WHERE ${join(
      Object.entries(key).map(([column, value]) => sql`${raw(column)} = ${value}`),
      ' AND ',
    )}
      AND upper_inf(recorded) AND valid && ${range}
    RETURNING ${columns}, id AS fact_id`);
  if (closed.length > 0) {
    await transaction.query(sql`
      INSERT INTO ${raw(table.name)} (id, ${columns}, valid, recorded)
      SELECT gen_random_uuid(), ${columns}, part, tstzrange(${now}, NULL)
      FROM ${raw(table.name)}, unnest(tstzmultirange(valid) - tstzmultirange(${range})) AS part
      WHERE id = ANY (${closed.map((row) => row.fact_id)}::uuid[])`);
  }
  if (fact === null) return { id: null, replaced: closed };
  const id = newId('fact');
  const said: Columns = { ...key, ...fact };
  await transaction.query(sql`
    INSERT INTO ${raw(table.name)} (id, ${columns}, valid, recorded)
    VALUES (${id}, ${join(table.columns.map((column) => said[column] ?? null))}, ${range}, tstzrange(${now}, NULL))`);
  return { id, replaced: closed };
}
