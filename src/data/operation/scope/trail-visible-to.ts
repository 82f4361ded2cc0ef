import { join, raw, sql, type Sql } from '../../connection/sql';
import type { Scope } from '../../../kernel/scope';

/**
 * The predicate that limits the audit trail, with the alias of its table: an entry is seen where its subject belongs, and one
 * of a line of business by those grants only that hold for the line. What belongs to no node (a log-in under a name that
 * nobody has) belongs to the whole operator: it is seen from the root.
 */
export function trailVisibleTo(scope: Scope, alias: string): Sql {
  if (scope.system) return raw('TRUE');
  const grants = scope.grantsOf('audit:read');
  if (grants.length === 0) return raw('FALSE');
  const entry = raw(alias);
  const parts = grants.map(({ nodes, lines }) => {
    const below = sql`EXISTS (
      SELECT FROM organisation_closure scoped
      WHERE scoped.descendant_id = coalesce(${entry}.organisation_id, (SELECT root.id FROM organisation root WHERE root.parent_id IS NULL))
        AND scoped.ancestor_id = ANY (${nodes}::uuid[]))`;
    if (lines === 'ALL') return below;
    return sql`(${below} AND (${entry}.service_type IS NULL OR ${entry}.service_type = ANY (${lines}::text[])))`;
  });
  return parts.length === 1 ? (parts[0] as Sql) : sql`(${join(parts, ' OR ')})`;
}
