import { join, raw, sql, type Sql } from '../../connection/sql';
import type { Id } from '../../../kernel/id';
import type { Scope } from '../../../kernel/scope';
import type { ScopedRead } from '../read-context';
import { nodeVisibleTo } from '../scope/visible-to';

/** Figures are no one's personal data: whoever may read reports needs no permission on the parties behind them. */
export const REPORT_PERMISSION = 'report:read';

/**
 * The predicate that limits the figures of `alias`, at nodes that {@link reportNodes} found, to the caller's lines of business.
 * Customers and accounts belong to no line (`service_type` null) and are counted for every caller at the node. Who has all
 * lines everywhere pays nothing for it: a trend has millions of rows.
 */
export function lineVisibleTo(scope: Scope, alias: string): Sql {
  const grants = scope.grantsOf(REPORT_PERMISSION);
  if (scope.system || grants.every(({ lines }) => lines === 'ALL')) return raw('TRUE');
  const parts = grants.map(({ nodes, lines }) => {
    const below = sql`EXISTS (
      SELECT FROM organisation_closure scoped
      WHERE scoped.descendant_id = ${raw(alias)}.organisation_id AND scoped.ancestor_id = ANY (${nodes}::uuid[]))`;
    return lines === 'ALL'
      ? below
      : sql`(${below} AND (${raw(alias)}.service_type IS NULL OR ${raw(alias)}.service_type = ANY (${lines}::text[])))`;
  });
  return sql`(${join(parts, ' OR ')})`;
}

/**
 * The predicate, of a node of alias `o`, for where a report begins: the node asked for, if the caller may read its reports;
 * else the highest nodes of the caller. What lies above those is not shown.
 */
function reportBase(scope: Scope, organisationId: Id<'organisation'> | null): Sql {
  if (organisationId !== null) return sql`o.id = ${organisationId} AND ${nodeVisibleTo(scope, REPORT_PERMISSION, 'o')}`;
  if (scope.system) return raw('o.parent_id IS NULL');
  const nodes = scope.grantsOf(REPORT_PERMISSION).flatMap((grant) => grant.nodes);
  return sql`o.id = ANY (${nodes}::uuid[]) AND NOT EXISTS (
    SELECT FROM organisation_closure above
    WHERE above.descendant_id = o.id AND above.depth > 0 AND above.ancestor_id = ANY (${nodes}::uuid[]))`;
}

/** Where a report on this node begins: at it, or nowhere when the caller may not see it. */
export async function selectReportBase(context: ScopedRead, organisationId: Id<'organisation'>): Promise<readonly Id<'organisation'>[]> {
  const rows = await context.sql.query<{ id: Id<'organisation'> }>(
    sql`SELECT o.id FROM organisation o WHERE ${reportBase(context.scope, organisationId)}`,
  );
  return rows.map((row) => row.id);
}

/** Which part of the tree a report is of, and by which nodes. */
export interface ReportPlace {
  /** Null: all that the caller may see. */
  readonly organisationId: Id<'organisation'> | null;
  /** How many levels below its beginning a report goes into; 0: the beginning as a whole. */
  readonly depth: number;
}

/**
 * A relation (organisation_id, node_id): each node of the report's part of the tree, in the caller's scope, with the node under
 * which it is shown, itself or the one above it at the depth asked for. A figure is joined to it by its `organisation_id`.
 */
export function reportNodes(scope: Scope, { organisationId, depth }: ReportPlace): Sql {
  return sql`(
    SELECT below.descendant_id AS organisation_id, shown.ancestor_id AS node_id
    FROM organisation o
    JOIN organisation_closure below ON below.ancestor_id = o.id
    JOIN organisation d ON d.id = below.descendant_id AND ${nodeVisibleTo(scope, REPORT_PERMISSION, 'd')}
    JOIN organisation_closure shown ON shown.descendant_id = below.descendant_id
      AND shown.depth = greatest(below.depth - ${depth}::integer, 0)
    WHERE ${reportBase(scope, organisationId)})`;
}

/** A node as a report names it. */
export interface ReportNode {
  readonly id: Id<'organisation'>;
  readonly code: string;
  readonly name: string;
  readonly nameEn: string | null;
}

export interface ReportNodeRow {
  readonly node_id: Id<'organisation'>;
  readonly node_code: string;
  readonly node_name: string;
  readonly node_name_en: string | null;
}

/** The columns of {@link ReportNodeRow}, of the alias `n`. */
export const REPORT_NODE_COLUMNS = sql`n.id AS node_id, n.code AS node_code, n.name AS node_name, n.name_en AS node_name_en`;

export function toReportNode(row: ReportNodeRow): ReportNode {
  return { id: row.node_id, code: row.node_code, name: row.node_name, nameEn: row.node_name_en };
}
