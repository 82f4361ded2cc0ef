import { among, join, raw, sql, type Sql } from '../../connection/sql';
import type { Permission, Scope } from '../../../kernel/scope';

const EVERY_ROW = raw('TRUE');
const NO_ROW = raw('FALSE');

/**
 * The predicate that limits the rows of `alias` to what the scope may touch with a permission. Every statement on a
 * scoped table holds it, at each joined level. The table must have `organisation_id`; for `subscriber:*`, `number:*` and
 * `catalogue:*` permissions also `service_type`, by which lines of business are told apart: a row without one is of all of them, and only who
 * holds the permission for all of them may touch it. Orders have their lines by their items: see `data/operation/order`.
 */
export function visibleTo(scope: Scope, permission: Permission, alias: string): Sql {
  const byLine = /^(?:subscriber|number|catalogue):/.test(permission);
  return visibleByLine(scope, permission, alias, byLine ? (lines) => sql`${raw(alias)}.service_type = ANY (${lines}::text[])` : undefined);
}

/** The same where the lines of business of a row are told by `ofLines`, for who is limited to some. */
export function visibleByLine(
  scope: Scope,
  permission: Permission,
  alias: string,
  ofLines: ((lines: readonly string[]) => Sql) | undefined,
): Sql {
  if (scope.system) return EVERY_ROW;
  const grants = scope.grantsOf(permission);
  if (grants.length === 0) return NO_ROW;
  const parts = grants.map(({ nodes, lines }) => {
    const below = sql`EXISTS (SELECT FROM organisation_closure scoped
      WHERE scoped.descendant_id = ${raw(alias)}.organisation_id AND scoped.ancestor_id ${among(nodes)})`;
    return ofLines === undefined || lines === 'ALL' ? below : sql`(${below} AND ${ofLines(lines)})`;
  });
  return parts.length === 1 ? (parts[0] as Sql) : sql`(${join(parts, ' OR ')})`;
}

/**
 * The predicate for what belongs to a node and is used at it and below 分级管理: a product, a discount, a pool of numbers. Seen from
 * the nodes of a permission are the rows of the nodes above them and of those below. The table must have `organisation_id` and
 * `service_type`; a row without a service type is of every line of business.
 */
export function offeredTo(scope: Scope, permission: Permission, alias: string): Sql {
  if (scope.system) return EVERY_ROW;
  const grants = scope.grantsOf(permission);
  if (grants.length === 0) return NO_ROW;
  const table = raw(alias);
  const parts = grants.map(({ nodes, lines }) => {
    const along = sql`EXISTS (SELECT FROM organisation_closure scoped
      WHERE (scoped.ancestor_id = ${table}.organisation_id AND scoped.descendant_id = ANY (${nodes}::uuid[]))
         OR (scoped.descendant_id = ${table}.organisation_id AND scoped.ancestor_id = ANY (${nodes}::uuid[])))`;
    return lines === 'ALL' ? along : sql`(${along} AND (${table}.service_type IS NULL OR ${table}.service_type = ANY (${lines}::text[])))`;
  });
  return parts.length === 1 ? (parts[0] as Sql) : sql`(${join(parts, ' OR ')})`;
}

/** The same for an organisation node itself, whose own id is the node. */
export function nodeVisibleTo(scope: Scope, permission: Permission, alias: string): Sql {
  if (scope.system) return EVERY_ROW;
  const nodes = scope.grantsOf(permission).flatMap((grant) => grant.nodes);
  if (nodes.length === 0) return NO_ROW;
  return sql`EXISTS (SELECT FROM organisation_closure scoped WHERE scoped.descendant_id = ${raw(alias)}.id AND scoped.ancestor_id ${among(nodes)})`;
}
