import type { Id } from '../../../kernel/id';
import { toPage, type Page, type PageRequest } from '../../../kernel/page';
import type { SqlRunner } from '../../connection/run-statement';
import { sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';
import { STAFF_COLUMNS, toStaff, type Staff, type StaffRow, type StaffStatus } from './staff';

/** Members of staff by id, those in scope only; one statement for any number. */
export async function selectStaffById(context: ScopedRead, ids: readonly Id<'staff'>[]): Promise<Staff[]> {
  const rows = await context.sql.query<StaffRow>(sql`
    SELECT ${STAFF_COLUMNS} FROM staff s
    WHERE s.id = ANY (${ids}::uuid[]) AND ${visibleTo(context.scope, 'staff:read', 's')}`);
  return rows.map(toStaff);
}

/** Oneself, whatever one may see of others: only for the id of the member of staff who calls. */
export async function selectOneself(runner: SqlRunner, callerId: Id<'staff'>): Promise<Staff | undefined> {
  const [row] = await runner.query<StaffRow>(sql`SELECT ${STAFF_COLUMNS} FROM staff s WHERE s.id = ${callerId}::uuid`);
  return row === undefined ? undefined : toStaff(row);
}

/** Every part given must hold. */
export interface StaffFilter {
  readonly loginName?: string;
  /** Part of the name in either language. */
  readonly nameContains?: string;
  /** At this node or below it. */
  readonly organisationId?: Id<'organisation'>;
  readonly roleId?: Id<'role'>;
  readonly status?: StaffStatus;
}

/**
 * One page of staff in the order of their ids (oldest first). One text serves every filter: an operator has some ten
 * thousand members of staff, and the scope or the page ends the search early.
 */
export async function searchStaff(context: ScopedRead, filter: StaffFilter, page: PageRequest): Promise<Page<Staff>> {
  const { loginName = null, nameContains = null, organisationId = null, roleId = null, status = null } = filter;
  const rows = await context.sql.query<StaffRow>(sql`
    SELECT ${STAFF_COLUMNS} FROM staff s
    WHERE ${visibleTo(context.scope, 'staff:read', 's')}
      AND (${page.after?.[0] ?? null}::uuid IS NULL OR s.id > ${page.after?.[0] ?? null}::uuid)
      AND (${loginName}::text IS NULL OR s.login_name = ${loginName}::text)
      AND (${nameContains}::text IS NULL
           OR position(lower(${nameContains}::text) IN lower(s.name || ' ' || coalesce(s.name_en, ''))) > 0)
      AND (${organisationId}::uuid IS NULL OR EXISTS (
             SELECT FROM organisation_closure below
             WHERE below.descendant_id = s.organisation_id AND below.ancestor_id = ${organisationId}::uuid))
      AND (${roleId}::uuid IS NULL OR EXISTS (SELECT FROM staff_grant g WHERE g.staff_id = s.id AND g.role_id = ${roleId}::uuid))
      AND (${status}::text IS NULL OR s.status = ${status}::text)
    ORDER BY s.id LIMIT ${page.first + 1}`);
  return toPage(rows.map(toStaff), page.first);
}
