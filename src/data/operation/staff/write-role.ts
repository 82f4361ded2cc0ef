import type { Transaction } from '../../connection/core-database';
import { raw, sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import { ROLE_COLUMNS, type RoleRow } from './role';
import { RoleEntity } from './role.entity';

/** A role as it stands in its locked row. */
export type LockedRole = RoleRow;

/** What a role is locked for: to grant it, so that its permissions stay what they are, or to change it. */
export type RoleLock = 'grant' | 'change';

/** Locks a role. Roles stand at no node: the use case asks where the caller may touch it. */
export async function lockRole(transaction: Transaction, id: Id<'role'>, lock: RoleLock): Promise<LockedRole | undefined> {
  const [row] = await transaction.query<RoleRow>(sql`
    SELECT ${ROLE_COLUMNS} FROM role r WHERE r.id = ${id}::uuid ${raw(lock === 'grant' ? 'FOR SHARE OF r' : 'FOR NO KEY UPDATE OF r')}`);
  return row;
}

export type NewRole = Pick<RoleEntity, 'code' | 'name' | 'nameEn' | 'permissions'>;

export async function insertRole(transaction: Transaction, role: NewRole, now: Instant): Promise<Id<'role'>> {
  const id = newId('role');
  await transaction.manager.insert(RoleEntity, { ...role, id, version: 1, createdAt: now });
  return id;
}

/** The codes among those given that are roles already. */
export async function selectExistingRoleCodes(transaction: Transaction, codes: readonly string[]): Promise<string[]> {
  const rows = await transaction.query<{ code: string }>(sql`SELECT r.code FROM role r WHERE r.code = ANY (${codes}::text[])`);
  return rows.map((row) => row.code);
}

export type RoleChanges = Partial<Pick<RoleEntity, 'name' | 'nameEn' | 'permissions'>>;

/** Changes a locked role, moves its version on, and tells every process to read anew what its holders may do. */
export async function updateRole(transaction: Transaction, role: LockedRole, changes: RoleChanges): Promise<void> {
  const { affected } = await transaction.manager.update(
    RoleEntity,
    { id: role.id, version: role.version },
    { ...changes, version: role.version + 1, accessChangedAt: () => 'clock_timestamp()' },
  );
  invariant(affected === 1, 'a locked role has changed');
}
