import type { UseCase } from '../../execute';
import type { Unit } from '../../context';
import { insertRole, type NewRole } from '../../../data/operation/staff/write-role';
import type { Id } from '../../../kernel/id';
import { ok, refusedBy } from '../../../kernel/result';
import { selectRootId } from '../organisation';
import { checkHeldSomewhere } from './handed-on-rights';
import { checkCode, checkNames, checkPermissions } from './model/checks';
import { refuseStaff, type StaffRefusal } from './model/refusals';

export interface CreateRoleInput {
  readonly code: string;
  readonly name: string;
  readonly nameEn?: string | null;
  readonly permissions: readonly string[];
}

/** Makes a role 新建角色 of permissions that the caller holds himself. Where they hold is decided when it is granted. */
export const createRole: UseCase<CreateRoleInput, { roleId: Id<'role'> }, StaffRefusal> = {
  name: 'createRole',
  permission: 'role:write',
  constraints: { role_code_key: () => refuseStaff('CODE_TAKEN', 'code') },
  async run(unit, input) {
    const refused =
      refusedBy(checkCode(input.code), checkNames(input), checkPermissions(input.permissions)) ??
      checkHeldSomewhere(unit, input.permissions, 'permissions');
    if (refused !== undefined) return refused;
    const { code, name, nameEn = null, permissions } = input;
    return ok({ roleId: await addRole(unit, { code, name, nameEn, permissions: [...new Set(permissions)].sort() }) });
  },
};

export async function addRole(unit: Unit, role: NewRole): Promise<Id<'role'>> {
  const roleId = await insertRole(unit.transaction, role, unit.now);
  // A role is the whole operator's: its trail lies at the root.
  unit.audit({
    subjectKind: 'role',
    subjectId: roleId,
    organisationId: (await selectRootId(unit)) ?? null,
    before: null,
    after: { ...role },
  });
  unit.emit({
    type: 'RoleCreateEvent',
    subjectKind: 'role',
    subjectId: roleId,
    payload: { code: role.code, permissions: role.permissions },
  });
  return roleId;
}
