import type { Transaction } from '../../connection/core-database';
import { empty, join, raw, sql, type Sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import type { FactTable } from './write-dated-fact';

/** What is moved: the facts whose `column` names `from` name `to` from now on. */
export interface FactMove {
  readonly column: string;
  readonly from: string;
  readonly to: string;
  readonly now: Instant;
  /** The columns by which a fact that `to` has already is the same: where both hold, that one stands. None: both stay. */
  readonly sameBy: readonly string[] | null;
  /** A column that must not come to name `to` as well: such facts end. */
  readonly otherColumn?: string;
  /** Moves these only, of the alias `f`. */
  readonly only?: Sql;
}

/**
 * Moves the facts of one owner to another, from now on; what held before stays as it was, and is read as before. The caller
 * holds the locks of both owners.
 * @returns the columns of the facts that were moved or ended
 */
export async function moveDatedFacts<Row>(transaction: Transaction, table: FactTable, move: FactMove): Promise<readonly Row[]> {
  const { column, from, to, now, sameBy, otherColumn, only } = move;
  const columns = raw(table.columns.map((name) => `f.${name}`).join(', '));
  const target = raw(table.columns.join(', '));
  const closed = await transaction.query<Row & { fact_id: string }>(sql`
    UPDATE ${raw(table.name)} f SET recorded = tstzrange(lower(f.recorded), greatest(lower(f.recorded), ${now}::timestamptz))
    WHERE f.${raw(column)} = ${from} AND upper_inf(f.recorded) AND f.valid && tstzrange(${now}, NULL)
      ${only === undefined ? empty : sql`AND ${only}`}
    RETURNING ${columns}, f.id AS fact_id`);
  if (closed.length === 0) return closed;
  const ids = closed.map((row) => row.fact_id);
  await transaction.query(sql`
    INSERT INTO ${raw(table.name)} (id, ${target}, valid, recorded)
    SELECT gen_random_uuid(), ${columns}, part, tstzrange(${now}, NULL)
    FROM ${raw(table.name)} f, unnest(tstzmultirange(f.valid) - tstzmultirange(tstzrange(${now}, NULL))) AS part
    WHERE f.id = ANY (${ids}::uuid[])`);
  const moved = table.columns.map((name) => (name === column ? sql`${to}::uuid` : raw(`f.${name}`)));
  await transaction.query(sql`
    INSERT INTO ${raw(table.name)} (id, ${target}, valid, recorded)
    SELECT gen_random_uuid(), ${join(moved)}, part, tstzrange(${now}, NULL)
    FROM ${raw(table.name)} f, unnest(tstzmultirange(f.valid * tstzrange(${now}, NULL)) - ${held(table, column, to, sameBy)}) AS part
    WHERE f.id = ANY (${ids}::uuid[]) ${otherColumn === undefined ? empty : sql`AND f.${raw(otherColumn)} <> ${to}::uuid`}`);
  return closed;
}

/** When `to` has a fact that is the same as `f`. */
function held(table: FactTable, column: string, to: string, sameBy: readonly string[] | null): Sql {
  if (sameBy === null) return raw(`'{}'::tstzmultirange`);
  const same = sameBy.map((name) => raw(`AND held.${name} IS NOT DISTINCT FROM f.${name}`));
  return sql`coalesce((
    SELECT range_agg(held.valid) FROM ${raw(table.name)} held
    WHERE held.${raw(column)} = ${to} AND upper_inf(held.recorded) ${same.length === 0 ? empty : join(same, ' ')}), '{}'::tstzmultirange)`;
}
