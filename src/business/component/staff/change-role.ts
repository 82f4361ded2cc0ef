import type { UseCase } from '../../execute';
import type { Unit } from '../../context';
import { selectGrantedPlaces } from '../../../data/operation/staff/staff-grant';
import { lockRole, updateRole, type LockedRole } from '../../../data/operation/staff/write-role';
import type { Id } from '../../../kernel/id';
import { ok, refusedBy } from '../../../kernel/result';
import { selectRootId } from '../organisation';
import { noteAccessChange } from './authentication/access-changes';
import { checkHandedOn, checkHeldSomewhere } from './handed-on-rights';
import { checkNames, checkPermissions, type StaffCheck } from './model/checks';
import { refuseStaff, type StaffRefusal } from './model/refusals';

export interface ChangeRoleInput {
  readonly roleId: Id<'role'>;
  readonly expectedVersion: number;
  readonly name?: string;
  readonly nameEn?: string | null;
  /** The whole set, not what is added. */
  readonly permissions?: readonly string[];
}

/** Beyond so many places at which a role is granted, only who may change it at the root may change it. */
const PLACES_MAX = 1_000;

/**
 * Changes a role 修改角色, and with it what all may do who have it. The caller must hold `role:write`, and each permission
 * that he adds, wherever the role is granted.
 */
export const changeRole: UseCase<ChangeRoleInput, { roleId: Id<'role'> }, StaffRefusal> = {
  name: 'changeRole',
  permission: 'role:write',
  async run(unit, input) {
    const role = await lockRole(unit.transaction, input.roleId, 'change');
    if (role === undefined) return refuseStaff('NOT_FOUND', 'roleId');
    if (role.version !== input.expectedVersion) return refuseStaff('STALE_VERSION', 'expectedVersion', { version: role.version });
    const permissions = input.permissions === undefined ? [...role.permissions] : [...new Set(input.permissions)].sort();
    const refused = refusedBy(checkNames(input), checkPermissions(input.permissions ?? [])) ?? (await checkRights(unit, role, permissions));
    if (refused !== undefined) return refused;
    const before = { name: role.name, nameEn: role.name_en, permissions: role.permissions };
    const after = { name: input.name ?? role.name, nameEn: input.nameEn === undefined ? role.name_en : input.nameEn, permissions };
    await updateRole(unit.transaction, role, after);
    unit.audit({ subjectKind: 'role', subjectId: role.id, organisationId: (await selectRootId(unit)) ?? null, before, after });
    unit.emit({
      type: 'RoleAttributeValueChangeEvent',
      subjectKind: 'role',
      subjectId: role.id,
      payload: { code: role.code, permissions },
    });
    unit.afterCommit(() => noteAccessChange(role.id));
    return ok({ roleId: role.id });
  },
};

async function checkRights(unit: Unit, role: LockedRole, permissions: readonly string[]): Promise<StaffCheck> {
  const places = await selectGrantedPlaces(unit.transaction, role.id, PLACES_MAX);
  const rootId = await selectRootId(unit);
  if (places.length === PLACES_MAX && rootId !== undefined) places.push({ organisationId: rootId, linesOfBusiness: null });
  const added = permissions.filter((permission) => !role.permissions.includes(permission));
  const changed = places.map(({ organisationId }) => ({ organisationId, linesOfBusiness: null }));
  return (
    checkHeldSomewhere(unit, added, 'permissions') ??
    (await checkHandedOn(unit, ['role:write'], changed, 'roleId')) ??
    (await checkHandedOn(unit, added, places, 'permissions'))
  );
}
