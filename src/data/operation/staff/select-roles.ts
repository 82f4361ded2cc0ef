import type { Id } from '../../../kernel/id';
import { toPage, type Page, type PageRequest } from '../../../kernel/page';
import { sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import { ROLE_COLUMNS, toRole, type Role, type RoleRow } from './role';

/** Roles by id. They stand at no node: whoever holds `role:read` anywhere sees them all, others none. */
export async function selectRolesById(context: ScopedRead, ids: readonly Id<'role'>[]): Promise<Role[]> {
  if (!context.scope.permits('role:read')) return [];
  const rows = await context.sql.query<RoleRow>(sql`SELECT ${ROLE_COLUMNS} FROM role r WHERE r.id = ANY (${ids}::uuid[])`);
  return rows.map(toRole);
}

/** One page of roles in the order of their codes; the cursor is (code, id). */
export async function listRoles(context: ScopedRead, page: PageRequest): Promise<Page<Role>> {
  if (!context.scope.permits('role:read')) return { rows: [], hasNextPage: false };
  const rows = await context.sql.query<RoleRow>(sql`
    SELECT ${ROLE_COLUMNS} FROM role r WHERE r.code > ${page.after?.[0] ?? ''}::text ORDER BY r.code LIMIT ${page.first + 1}`);
  return toPage(rows.map(toRole), page.first);
}
