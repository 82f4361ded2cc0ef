import type { Id } from '../../../kernel/id';
import { toPage, type Page, type PageRequest } from '../../../kernel/page';
import { among, sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import { nodeVisibleTo } from '../scope/visible-to';
import {
  ORGANISATION_COLUMNS,
  toOrganisation,
  type Organisation,
  type OrganisationKind,
  type OrganisationRow,
  type OrganisationStatus,
} from './organisation';

/** Nodes by id, those in scope only; one statement for any number. */
export async function selectOrganisationsById(context: ScopedRead, ids: readonly Id<'organisation'>[]): Promise<Organisation[]> {
  if (ids.length === 0) return [];
  const rows = await context.sql.query<OrganisationRow>(sql`
    SELECT ${ORGANISATION_COLUMNS} FROM organisation o
    WHERE o.id ${among(ids)} AND ${nodeVisibleTo(context.scope, 'organisation:read', 'o')}`);
  return rows.map(toOrganisation);
}

/** Every part given must hold. */
export interface OrganisationFilter {
  /** Directly below this node. */
  readonly parentId?: Id<'organisation'>;
  /** This node or anywhere below it. */
  readonly withinId?: Id<'organisation'>;
  readonly code?: string;
  /** Part of the name in either language. */
  readonly nameContains?: string;
  readonly kind?: OrganisationKind;
  readonly status?: OrganisationStatus;
}

/**
 * One page of nodes in the order of their codes; the cursor is (code, id). One text serves every filter: the tree has
 * thousands of nodes at most, and a caller sees a part of it.
 */
export async function searchOrganisations(context: ScopedRead, filter: OrganisationFilter, page: PageRequest): Promise<Page<Organisation>> {
  const { parentId = null, withinId = null, code = null, nameContains = null, kind = null, status = null } = filter;
  const rows = await context.sql.query<OrganisationRow>(sql`
    SELECT ${ORGANISATION_COLUMNS} FROM organisation o
    WHERE ${nodeVisibleTo(context.scope, 'organisation:read', 'o')}
      AND (${page.after?.[0] ?? null}::text IS NULL OR o.code > ${page.after?.[0] ?? null}::text)
      AND (${parentId}::uuid IS NULL OR o.parent_id = ${parentId}::uuid)
      AND (${withinId}::uuid IS NULL
           OR EXISTS (SELECT FROM organisation_closure w WHERE w.descendant_id = o.id AND w.ancestor_id = ${withinId}::uuid))
      AND (${code}::text IS NULL OR o.code = ${code}::text)
      AND (${nameContains}::text IS NULL
           OR position(lower(${nameContains}::text) IN lower(o.name || ' ' || coalesce(o.name_en, ''))) > 0)
      AND (${kind}::text IS NULL OR o.kind = ${kind}::text)
      AND (${status}::text IS NULL OR o.status = ${status}::text)
    ORDER BY o.code LIMIT ${page.first + 1}`);
  return toPage(rows.map(toOrganisation), page.first);
}

/** The first children of each of many nodes, in the order of their codes, each with its `parentId`. */
export async function selectChildren(
  context: ScopedRead,
  parentIds: readonly Id<'organisation'>[],
  firstOfEach: number,
): Promise<Organisation[]> {
  const rows = await context.sql.query<OrganisationRow>(sql`
    SELECT ${ORGANISATION_COLUMNS} FROM unnest(${parentIds}::uuid[]) AS asked (id)
    CROSS JOIN LATERAL (
      SELECT o.* FROM organisation o
      WHERE o.parent_id = asked.id AND ${nodeVisibleTo(context.scope, 'organisation:read', 'o')}
      ORDER BY o.code LIMIT ${firstOfEach}
    ) o ORDER BY o.parent_id, o.code`);
  return rows.map(toOrganisation);
}

/** The way down to each of many nodes, from the highest node in scope to the node itself. */
export async function selectPaths(
  context: ScopedRead,
  ids: readonly Id<'organisation'>[],
): Promise<ReadonlyMap<Id<'organisation'>, readonly Organisation[]>> {
  const rows = await context.sql.query<OrganisationRow & { of_id: Id<'organisation'> }>(sql`
    SELECT up.descendant_id AS of_id, ${ORGANISATION_COLUMNS} FROM organisation_closure up
    JOIN organisation o ON o.id = up.ancestor_id AND ${nodeVisibleTo(context.scope, 'organisation:read', 'o')}
    WHERE up.descendant_id = ANY (${ids}::uuid[])
    ORDER BY up.descendant_id, up.depth DESC`);
  const paths = new Map<Id<'organisation'>, Organisation[]>();
  for (const row of rows) {
    const path = paths.get(row.of_id) ?? [];
    paths.set(row.of_id, path);
    path.push(toOrganisation(row));
  }
  return paths;
}

/** One page of the ids of a node in scope and of all below it, in the order of the ids; the cursor is (id). */
export async function selectSubtreeIds(context: ScopedRead, id: Id<'organisation'>, page: PageRequest): Promise<Page<Id<'organisation'>>> {
  const rows = await context.sql.query<{ id: Id<'organisation'> }>(sql`
    SELECT o.id FROM organisation_closure below
    JOIN organisation o ON o.id = below.descendant_id AND ${nodeVisibleTo(context.scope, 'organisation:read', 'o')}
    WHERE below.ancestor_id = ${id}::uuid AND (${page.after?.[0] ?? null}::uuid IS NULL OR o.id > ${page.after?.[0] ?? null}::uuid)
    ORDER BY o.id LIMIT ${page.first + 1}`);
  return toPage(
    rows.map((row) => row.id),
    page.first,
  );
}

/** The operator's own node; undefined before it was founded. Its id is no secret, so no scope is asked. */
export async function selectRootId(context: Pick<ScopedRead, 'sql'>): Promise<Id<'organisation'> | undefined> {
  const [row] = await context.sql.query<{ id: Id<'organisation'> }>(sql`SELECT o.id FROM organisation o WHERE o.parent_id IS NULL`);
  return row?.id;
}

/** Each node's own id with those of all above it: what decides whether a grant reaches the node. Asks no scope. */
export async function selectAncestorIds(
  context: Pick<ScopedRead, 'sql'>,
  ids: readonly Id<'organisation'>[],
): Promise<ReadonlyMap<Id<'organisation'>, ReadonlySet<string>>> {
  const rows = await context.sql.query<{ id: Id<'organisation'>; ancestors: string[] }>(sql`
    SELECT up.descendant_id AS id, array_agg(up.ancestor_id) AS ancestors FROM organisation_closure up
    WHERE up.descendant_id = ANY (${ids}::uuid[]) GROUP BY up.descendant_id`);
  return new Map(rows.map((row) => [row.id, new Set(row.ancestors)]));
}

/**
 * The legal entity 法人 that keeps the books of each node: the nearest at or above it; the operator's own node where there is none.
 * Asks no scope: whoever causes a movement of money need not see in whose books it stands.
 */
export async function selectLegalEntities(
  context: Pick<ScopedRead, 'sql'>,
  ids: readonly Id<'organisation'>[],
): Promise<ReadonlyMap<Id<'organisation'>, Id<'organisation'>>> {
  const rows = await context.sql.query<{ id: Id<'organisation'>; legal_entity_id: Id<'organisation'> }>(sql`
    SELECT DISTINCT ON (up.descendant_id) up.descendant_id AS id, up.ancestor_id AS legal_entity_id
    FROM organisation_closure up JOIN organisation o ON o.id = up.ancestor_id AND (o.legal_entity OR o.parent_id IS NULL)
    WHERE up.descendant_id = ANY (${ids}::uuid[]) ORDER BY up.descendant_id, up.depth`);
  return new Map(rows.map((row) => [row.id, row.legal_entity_id]));
}
