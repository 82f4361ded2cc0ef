import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import { instantFromDatabase, type Instant } from '../../../kernel/clock';
import { newId, type Id } from '../../../kernel/id';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';
import { StaffGrantEntity } from './staff-grant.entity';

/** How many grants one member of staff may have. */
export const GRANTS_MAX = 100;

/** A role that a member of staff has at a node and below it, for some lines of business or (null) for every one. */
export interface StaffGrant {
  readonly id: Id<'grant'>;
  readonly staffId: Id<'staff'>;
  readonly roleId: Id<'role'>;
  readonly organisationId: Id<'organisation'>;
  readonly linesOfBusiness: readonly string[] | null;
  readonly grantedAt: Instant;
}

interface GrantRow {
  readonly id: Id<'grant'>;
  readonly staff_id: Id<'staff'>;
  readonly role_id: Id<'role'>;
  readonly organisation_id: Id<'organisation'>;
  readonly lines_of_business: readonly string[] | null;
  readonly granted_at: string;
}

const GRANT_COLUMNS = sql`g.id, g.staff_id, g.role_id, g.organisation_id, g.lines_of_business, g.granted_at::text AS granted_at`;

function toGrant(row: GrantRow): StaffGrant {
  return {
    id: row.id,
    staffId: row.staff_id,
    roleId: row.role_id,
    organisationId: row.organisation_id,
    linesOfBusiness: row.lines_of_business,
    grantedAt: instantFromDatabase(row.granted_at),
  };
}

/** The grants of many members of staff, of those in scope only, in the order in which they were given. */
export async function selectGrantsOfStaff(context: ScopedRead, staffIds: readonly Id<'staff'>[]): Promise<StaffGrant[]> {
  const rows = await context.sql.query<GrantRow>(sql`
    SELECT ${GRANT_COLUMNS} FROM staff s JOIN staff_grant g ON g.staff_id = s.id
    WHERE s.id = ANY (${staffIds}::uuid[]) AND ${visibleTo(context.scope, 'staff:read', 's')}
    ORDER BY g.staff_id, g.id`);
  return rows.map(toGrant);
}

/** A grant that is to be taken back, with the node of the member of staff whose it is. */
export interface LockedGrant {
  readonly grant: StaffGrant;
  readonly staffOrganisationId: Id<'organisation'>;
}

/** Locks a grant, and the member of staff whose it is, who lies in the scope of the permission. */
export async function lockGrant(context: ScopedRead, id: Id<'grant'>, permission: 'staff:write'): Promise<LockedGrant | undefined> {
  const [row] = await context.sql.query<GrantRow & { staff_organisation_id: Id<'organisation'> }>(sql`
    SELECT ${GRANT_COLUMNS}, s.organisation_id AS staff_organisation_id
    FROM staff_grant g JOIN staff s ON s.id = g.staff_id AND ${visibleTo(context.scope, permission, 's')}
    WHERE g.id = ${id}::uuid FOR NO KEY UPDATE OF s, g`);
  return row === undefined ? undefined : { grant: toGrant(row), staffOrganisationId: row.staff_organisation_id };
}

export async function countGrants(transaction: Transaction, staffId: Id<'staff'>): Promise<number> {
  const [row] = await transaction.query<{ count: number }>(sql`
    SELECT count(*)::integer AS count FROM staff_grant g WHERE g.staff_id = ${staffId}::uuid`);
  return row?.count ?? 0;
}

export async function insertGrant(
  transaction: Transaction,
  grant: Omit<StaffGrant, 'id' | 'grantedAt'>,
  now: Instant,
): Promise<Id<'grant'>> {
  const id = newId('grant');
  const linesOfBusiness = grant.linesOfBusiness === null ? null : [...grant.linesOfBusiness];
  await transaction.manager.insert(StaffGrantEntity, { ...grant, id, linesOfBusiness, grantedAt: now });
  return id;
}

export async function deleteGrant(transaction: Transaction, id: Id<'grant'>): Promise<void> {
  await transaction.manager.delete(StaffGrantEntity, { id });
}

/** What somebody may do, where and for what. */
export interface HeldPermissions {
  readonly permissions: readonly string[];
  readonly organisationId: Id<'organisation'>;
  readonly linesOfBusiness: readonly string[] | null;
}

/** All that a member of staff may do. */
export async function selectHeldPermissions(transaction: Transaction, staffId: Id<'staff'>): Promise<HeldPermissions[]> {
  return transaction.query<HeldPermissions>(sql`
    SELECT r.permissions, g.organisation_id AS "organisationId", g.lines_of_business AS "linesOfBusiness"
    FROM staff_grant g JOIN role r ON r.id = g.role_id WHERE g.staff_id = ${staffId}::uuid`);
}

export type GrantedPlace = Omit<HeldPermissions, 'permissions'>;

/** Where and for which lines a role is granted to anybody, at most `limit` such places. */
export async function selectGrantedPlaces(transaction: Transaction, roleId: Id<'role'>, limit: number): Promise<GrantedPlace[]> {
  return transaction.query<GrantedPlace>(sql`
    SELECT DISTINCT g.organisation_id AS "organisationId", g.lines_of_business AS "linesOfBusiness"
    FROM staff_grant g WHERE g.role_id = ${roleId}::uuid LIMIT ${limit}`);
}

/** The roles that a member of staff who may work has at a node, for all of these lines of business. Asks no scope: it is about the caller. */
export async function selectRolesHeldAt(
  context: Pick<ScopedRead, 'sql'>,
  staffId: Id<'staff'>,
  organisationId: Id<'organisation'>,
  lines: readonly string[],
): Promise<Id<'role'>[]> {
  const rows = await context.sql.query<{ role_id: Id<'role'> }>(sql`
    SELECT DISTINCT g.role_id FROM staff s
    JOIN staff_grant g ON g.staff_id = s.id AND (g.lines_of_business IS NULL OR g.lines_of_business @> ${lines}::text[])
    JOIN organisation_closure up ON up.ancestor_id = g.organisation_id AND up.descendant_id = ${organisationId}::uuid
    WHERE s.id = ${staffId}::uuid AND s.status = 'ACTIVE'`);
  return rows.map((row) => row.role_id);
}
