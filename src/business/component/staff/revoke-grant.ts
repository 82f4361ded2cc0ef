import type { UseCase } from '../../execute';
import { deleteGrant, lockGrant } from '../../../data/operation/staff/staff-grant';
import { touchStaff } from '../../../data/operation/staff/write-staff';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import { noteAccessChange } from './authentication/access-changes';
import { refuseStaff, type StaffRefusal } from './model/refusals';

export interface RevokeGrantInput {
  readonly grantId: Id<'grant'>;
}

/** Takes a granted role back 撤销授权. Log-ins go on, with less. */
export const revokeGrant: UseCase<RevokeGrantInput, { staffId: Id<'staff'> }, StaffRefusal> = {
  name: 'revokeGrant',
  permission: 'staff:write',
  async run(unit, { grantId }) {
    const locked = await lockGrant(unit, grantId, 'staff:write');
    if (locked === undefined) return refuseStaff('NOT_FOUND', 'grantId');
    const { staffId, roleId, organisationId, linesOfBusiness } = locked.grant;
    await deleteGrant(unit.transaction, grantId);
    await touchStaff(unit.transaction, staffId);
    const before = { grantId, roleId, organisationId, linesOfBusiness };
    unit.audit({ subjectKind: 'staff', subjectId: staffId, organisationId: locked.staffOrganisationId, before, after: null });
    unit.emit({ type: 'StaffGrantDeleteEvent', subjectKind: 'staff', subjectId: staffId, payload: before });
    unit.afterCommit(() => noteAccessChange(staffId));
    return ok({ staffId });
  },
};
