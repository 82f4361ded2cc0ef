import type { UseCase } from '../../execute';
import type { Unit } from '../../context';
import { revokeSessionsOfStaff } from '../../../data/operation/staff/session';
import type { StaffStatus } from '../../../data/operation/staff/staff';
import { lockStaff, updateStaff, type LockedStaff, type StaffChanges } from '../../../data/operation/staff/write-staff';
import { encodeId, type Id } from '../../../kernel/id';
import { ok, refusedBy } from '../../../kernel/result';
import { managingNode } from '../organisation';
import { noteAccessChange } from './authentication/access-changes';
import { checkMayPassFor } from './handed-on-rights';
import { checkNames, type StaffCheck } from './model/checks';
import { refuseStaff, type StaffRefusal } from './model/refusals';

export interface ChangeStaffInput {
  readonly staffId: Id<'staff'>;
  readonly expectedVersion: number;
  readonly name?: string;
  readonly nameEn?: string | null;
  readonly organisationId?: Id<'organisation'>;
  readonly status?: StaffStatus;
}

/** Changes a member of staff; what is not given stays. To disable him ends his log-ins; his grants stay, and sleep. */
export const changeStaff: UseCase<ChangeStaffInput, { staffId: Id<'staff'> }, StaffRefusal> = {
  name: 'changeStaff',
  permission: 'staff:write',
  async run(unit, input) {
    const staff = await lockStaff(unit, input.staffId, 'staff:write');
    if (staff === undefined) return refuseStaff('NOT_FOUND', 'staffId');
    if (staff.version !== input.expectedVersion) return refuseStaff('STALE_VERSION', 'expectedVersion', { version: staff.version });
    const refused = refusedBy(
      checkNames(input),
      await checkPlace(unit, staff, input.organisationId),
      await checkStatus(unit, staff, input.status),
    );
    if (refused !== undefined) return refused;
    const before = { name: staff.name, nameEn: staff.name_en, organisationId: staff.organisation_id, status: staff.status };
    const changes = given(input);
    const after = { ...before, ...changes };
    await updateStaff(unit.transaction, staff, changes);
    const ended = after.status === 'DISABLED' ? await revokeSessionsOfStaff(unit.transaction, staff.id, null) : [];
    unit.audit({ subjectKind: 'staff', subjectId: staff.id, organisationId: after.organisationId, before, after });
    const type = before.status === after.status ? 'StaffAttributeValueChangeEvent' : 'StaffStateChangeEvent';
    unit.emit({ type, subjectKind: 'staff', subjectId: staff.id, payload: { organisationId: after.organisationId, status: after.status } });
    unit.afterCommit(() => noteAccessChange(staff.id, ...ended));
    return ok({ staffId: staff.id });
  },
};

async function checkPlace(unit: Unit, staff: LockedStaff, organisationId: Id<'organisation'> | undefined): Promise<StaffCheck> {
  if (organisationId === undefined || organisationId === staff.organisation_id) return undefined;
  return managingNode(unit, organisationId, 'staff:write', refuseStaff);
}

async function checkStatus(unit: Unit, staff: LockedStaff, status: StaffStatus | undefined): Promise<StaffCheck> {
  if (status === undefined || status === staff.status) return undefined;
  if (status === 'DISABLED') return unit.actor.id === encodeId('staff', staff.id) ? refuseStaff('YOURSELF', 'status') : undefined;
  // To enable him wakes his grants.
  return checkMayPassFor(unit, staff.id, 'status');
}

function given({ name, nameEn, organisationId, status }: ChangeStaffInput): StaffChanges {
  return {
    ...(name === undefined ? {} : { name }),
    ...(nameEn === undefined ? {} : { nameEn }),
    ...(organisationId === undefined ? {} : { organisationId }),
    ...(status === undefined ? {} : { status }),
  };
}
