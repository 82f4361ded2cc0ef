import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import type { Permission } from '../../../kernel/scope';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';
import { STAFF_COLUMNS, type StaffRow, type StaffStatus } from './staff';
import { StaffEntity } from './staff.entity';

/** A member of staff as he stands in his locked row. */
export type LockedStaff = StaffRow;

/** Locks a member of staff in scope for a change. */
export async function lockStaff(context: ScopedRead, id: Id<'staff'>, permission: Permission): Promise<LockedStaff | undefined> {
  const [row] = await context.sql.query<StaffRow>(sql`
    SELECT ${STAFF_COLUMNS} FROM staff s
    WHERE s.id = ${id}::uuid AND ${visibleTo(context.scope, permission, 's')} FOR NO KEY UPDATE OF s`);
  return row;
}

/** Holds a member of staff in scope, so that he cannot be disabled before the transaction ends. */
export async function holdStaff(
  context: ScopedRead,
  id: Id<'staff'>,
  permission: Permission,
): Promise<{ readonly status: StaffStatus } | undefined> {
  const [row] = await context.sql.query<{ status: StaffStatus }>(sql`
    SELECT s.status FROM staff s
    WHERE s.id = ${id}::uuid AND ${visibleTo(context.scope, permission, 's')} FOR SHARE OF s`);
  return row;
}

/** Locks oneself: only for the id of the member of staff who calls. */
export async function lockOneself(transaction: Transaction, callerId: Id<'staff'>): Promise<LockedStaff | undefined> {
  const [row] = await transaction.query<StaffRow>(sql`
    SELECT ${STAFF_COLUMNS} FROM staff s WHERE s.id = ${callerId}::uuid FOR NO KEY UPDATE OF s`);
  return row;
}

export type NewStaff = Pick<StaffEntity, 'loginName' | 'name' | 'nameEn' | 'organisationId' | 'passwordHash'>;

export async function insertStaff(transaction: Transaction, staff: NewStaff, now: Instant): Promise<Id<'staff'>> {
  const id = newId('staff');
  const initially = { oidcIssuer: null, oidcSubject: null, status: 'ACTIVE' as const, failedLogIns: 0, lockedUntil: null, version: 1 };
  await transaction.manager.insert(StaffEntity, { ...staff, ...initially, id, createdAt: now });
  return id;
}

export type StaffChanges = Partial<Pick<StaffEntity, 'name' | 'nameEn' | 'organisationId' | 'status' | 'oidcIssuer' | 'oidcSubject'>>;

/** Changes a locked member of staff, moves his version on, and tells every process to read anew what he may do. */
export async function updateStaff(transaction: Transaction, staff: LockedStaff, changes: StaffChanges): Promise<void> {
  const { affected } = await transaction.manager.update(
    StaffEntity,
    { id: staff.id, version: staff.version },
    { ...changes, version: staff.version + 1, accessChangedAt: () => 'clock_timestamp()' },
  );
  invariant(affected === 1, 'a locked member of staff has changed');
}

/** Tells every process to read anew what a member of staff may do: his grants have changed. */
export async function touchStaff(transaction: Transaction, id: Id<'staff'>): Promise<void> {
  await transaction.query(sql`UPDATE staff SET access_changed_at = clock_timestamp() WHERE id = ${id}::uuid`);
}

/** Stores a new password's hash; wrong passwords of the past are forgiven. */
export async function storePassword(transaction: Transaction, staff: LockedStaff, passwordHash: string): Promise<void> {
  const changes = { passwordHash, failedLogIns: 0, lockedUntil: null, version: staff.version + 1 };
  const { affected } = await transaction.manager.update(StaffEntity, { id: staff.id, version: staff.version }, changes);
  invariant(affected === 1, 'a locked member of staff has changed');
}
