import { raw, sql, type Sql } from '../../connection/sql';

/**
 * What has a text in its code or its name in either language: narrowed by its grams, along an index, then compared whole. The expression
 * is the one that the index is of.
 */
export function namedLike(alias: 'p' | 'd', text: string): Sql {
  const names = raw(`${alias}.code || ' ' || ${alias}.name || ' ' || ${alias}.name_en`);
  return sql`name_grams(${names}) @> name_grams(${text}::text) AND position(lower(${text}::text) IN lower(${names})) > 0`;
}
