import type { UseCase } from '../../execute';
import { selectExistingRoleCodes } from '../../../data/operation/staff/write-role';
import { ok } from '../../../kernel/result';
import { addRole } from './create-role';
import { checkHeldSomewhere } from './handed-on-rights';
import type { StaffRefusal } from './model/refusals';
import { STANDARD_ROLES } from './model/standard-roles';

/** Makes the standard roles that are missing; one that is there stays as it is. The seed runs it, as the system. */
export const registerStandardRoles: UseCase<Record<string, never>, { registered: string[] }, StaffRefusal> = {
  name: 'registerStandardRoles',
  permission: 'role:write',
  async run(unit) {
    const existing = await selectExistingRoleCodes(
      unit.transaction,
      STANDARD_ROLES.map((role) => role.code),
    );
    const missing = STANDARD_ROLES.filter((role) => !existing.includes(role.code));
    for (const { code, name, permissions } of missing) {
      const refused = checkHeldSomewhere(unit, permissions, 'permissions');
      if (refused !== undefined) return refused;
      await addRole(unit, { code, name: name.zh, nameEn: name.en, permissions: [...permissions].sort() });
    }
    return ok({ registered: missing.map((role) => role.code) });
  },
};
