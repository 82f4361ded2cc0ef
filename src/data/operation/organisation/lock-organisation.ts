import { among, raw, sql, type Sql } from '../../connection/sql';
import type { Id } from '../../../kernel/id';
import type { Permission, Scope } from '../../../kernel/scope';
import type { ScopedRead } from '../read-context';
import { nodeVisibleTo } from '../scope/visible-to';
import { ORGANISATION_COLUMNS, type OrganisationRow, type OrganisationStatus } from './organisation';

/** An organisation node as it stands in its locked row. */
export type LockedOrganisation = OrganisationRow;

/** Instead of a line of business: all of them, those that are yet to come included. */
export const EVERY_LINE = 'ALL';

/**
 * Holds a node in scope to the end of the transaction, so that something may be put there: it can be renamed meanwhile,
 * but neither closed nor moved (those lock it FOR UPDATE). The lock is the one that the foreign key of what is put there
 * takes anyway, so a busy hall's row pays nothing for it.
 *
 * `line`, a service type's code, counts only the grants that hold for that line of business; {@link EVERY_LINE} only those
 * that hold for all.
 */
export async function holdOrganisation(
  context: ScopedRead,
  id: Id<'organisation'>,
  permission: Permission,
  line?: string,
): Promise<{ readonly status: OrganisationStatus } | undefined> {
  const [row] = await context.sql.query<{ status: OrganisationStatus }>(sql`
    SELECT o.status FROM organisation o
    WHERE o.id = ${id}::uuid AND ${withinGrants(context.scope, permission, line)}
    FOR KEY SHARE OF o`);
  return row;
}

function withinGrants(scope: Scope, permission: Permission, line: string | undefined): Sql {
  if (scope.system) return raw('TRUE');
  const nodes = grantedNodes(scope, permission, line);
  return sql`EXISTS (SELECT FROM organisation_closure scoped WHERE scoped.descendant_id = o.id AND scoped.ancestor_id ${among(nodes)})`;
}

/** The nodes at and below which a scope holds a permission, for a line of business as {@link holdOrganisation} takes it. */
export function grantedNodes(scope: Scope, permission: Permission, line: string | undefined): string[] {
  const grants = scope
    .grantsOf(permission)
    .filter(({ lines }) => line === undefined || lines === 'ALL' || (line !== EVERY_LINE && lines.includes(line)));
  return grants.flatMap((grant) => grant.nodes);
}

/** What a node is locked for: `change` lets things be put there meanwhile, `close or move` does not. */
export type OrganisationLock = 'change' | 'close or move';

/** Locks a node in scope for a change of the node itself. */
export async function lockOrganisation(
  context: ScopedRead,
  id: Id<'organisation'>,
  permission: Permission,
  lock: OrganisationLock,
): Promise<LockedOrganisation | undefined> {
  const [row] = await context.sql.query<OrganisationRow>(sql`
    SELECT ${ORGANISATION_COLUMNS} FROM organisation o
    WHERE o.id = ${id}::uuid AND ${nodeVisibleTo(context.scope, permission, 'o')}
    ${raw(lock === 'change' ? 'FOR NO KEY UPDATE OF o' : 'FOR UPDATE OF o')}`);
  return row;
}

/**
 * Locks the shape of the tree: whoever adds, moves or closes a node does it first, so that they follow one another and
 * each copies or rewrites closure rows that nobody is rewriting. The lock is the root's row, in a mode that lets things
 * be put at the root meanwhile. Such changes are rare; everything else in the tree goes on.
 */
export async function lockTreeShape(context: Pick<ScopedRead, 'sql'>): Promise<void> {
  await context.sql.query(sql`SELECT o.id FROM organisation o WHERE o.parent_id IS NULL FOR NO KEY UPDATE OF o`);
}
