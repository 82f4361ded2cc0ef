import type { UseCase } from '../../execute';
import { GRANTS_MAX, countGrants, insertGrant } from '../../../data/operation/staff/staff-grant';
import { lockRole } from '../../../data/operation/staff/write-role';
import { lockStaff, touchStaff } from '../../../data/operation/staff/write-staff';
import type { Id } from '../../../kernel/id';
import { ok, refusedBy } from '../../../kernel/result';
import { managingNode } from '../organisation';
import { noteAccessChange } from './authentication/access-changes';
import { checkHandedOn } from './handed-on-rights';
import { checkLines } from './model/checks';
import { refuseStaff, type StaffRefusal } from './model/refusals';

export interface GrantRoleInput {
  readonly staffId: Id<'staff'>;
  readonly roleId: Id<'role'>;
  /** The role holds at this node and below it. */
  readonly organisationId: Id<'organisation'>;
  /** Codes of service types; null: every one, those to come included. */
  readonly linesOfBusiness: readonly string[] | null;
}

/** Grants a role 授权 at a node. The caller must hold each of its permissions there himself, for all those lines. */
export const grantRole: UseCase<GrantRoleInput, { grantId: Id<'grant'> }, StaffRefusal> = {
  name: 'grantRole',
  permission: 'staff:write',
  constraints: { staff_grant_once: () => refuseStaff('GRANT_EXISTS') },
  async run(unit, { staffId, roleId, organisationId, linesOfBusiness: lines }) {
    const node = await managingNode(unit, organisationId, 'staff:write', refuseStaff);
    if (node !== undefined) return node;
    const staff = await lockStaff(unit, staffId, 'staff:write');
    if (staff === undefined) return refuseStaff('NOT_FOUND', 'staffId');
    const role = await lockRole(unit.transaction, roleId, 'grant');
    if (role === undefined) return refuseStaff('ROLE_NOT_FOUND', 'roleId');
    const linesOfBusiness = lines === null ? null : [...new Set(lines)].sort();
    const refused =
      refusedBy(linesOfBusiness !== null && checkLines(linesOfBusiness)) ??
      (await checkHandedOn(unit, role.permissions, [{ organisationId, linesOfBusiness }], 'roleId'));
    if (refused !== undefined) return refused;
    if ((await countGrants(unit.transaction, staffId)) >= GRANTS_MAX) return refuseStaff('TOO_MANY', 'staffId', { max: GRANTS_MAX });
    const grantId = await insertGrant(unit.transaction, { staffId, roleId, organisationId, linesOfBusiness }, unit.now);
    await touchStaff(unit.transaction, staffId);
    const after = { grantId, role: role.code, organisationId, linesOfBusiness };
    unit.audit({ subjectKind: 'staff', subjectId: staffId, organisationId: staff.organisation_id, before: null, after });
    unit.emit({ type: 'StaffGrantCreateEvent', subjectKind: 'staff', subjectId: staffId, payload: after });
    unit.afterCommit(() => noteAccessChange(staffId));
    return ok({ grantId });
  },
};
