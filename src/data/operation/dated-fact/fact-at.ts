import { raw, sql, type Sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';

/** As of when a dated fact is asked for: true at `validAt`, in the knowledge of `knownAt` (null: of today). */
export interface FactTime {
  readonly validAt: Instant;
  readonly knownAt: Instant | null;
}

/** The predicate that picks, of a table of dated facts, what held at an instant as it was known then. */
export function factAt(alias: string, { validAt, knownAt }: FactTime): Sql {
  const known = knownAt === null ? raw(`upper_inf(${alias}.recorded)`) : sql`${raw(alias)}.recorded @> ${knownAt}::timestamptz`;
  return sql`${known} AND ${raw(alias)}.valid @> ${validAt}::timestamptz`;
}

/** What is held now, of now. */
export function factNow(alias: string, now: Instant): Sql {
  return factAt(alias, { validAt: now, knownAt: null });
}
