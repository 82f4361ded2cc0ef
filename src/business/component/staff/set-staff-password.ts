import type { UseCase } from '../../execute';
import { revokeSessionsOfStaff } from '../../../data/operation/staff/session';
import { lockStaff, storePassword } from '../../../data/operation/staff/write-staff';
import type { Id } from '../../../kernel/id';
import { ok, refusedBy } from '../../../kernel/result';
import { noteAccessChange } from './authentication/access-changes';
import type { PreparedPassword } from './authentication/prepared-password';
import { checkPassword } from './create-staff';
import { checkMayPassFor } from './handed-on-rights';
import { refuseStaff, type StaffRefusal } from './model/refusals';

export interface SetStaffPasswordInput {
  readonly staffId: Id<'staff'>;
  readonly expectedVersion: number;
  readonly password: PreparedPassword;
}

/**
 * Gives somebody a new password 重置密码, unlocks him and ends his log-ins. Who sets a password could log in with it: he
 * must hold himself whatever the other may do.
 */
export const setStaffPassword: UseCase<SetStaffPasswordInput, { staffId: Id<'staff'>; sessionsEnded: number }, StaffRefusal> = {
  name: 'setStaffPassword',
  permission: 'staff:write',
  async run(unit, { staffId, expectedVersion, password }) {
    const staff = await lockStaff(unit, staffId, 'staff:write');
    if (staff === undefined) return refuseStaff('NOT_FOUND', 'staffId');
    if (staff.version !== expectedVersion) return refuseStaff('STALE_VERSION', 'expectedVersion', { version: staff.version });
    const refused = refusedBy(checkPassword(password, staff.login_name), await checkMayPassFor(unit, staffId, 'staffId'));
    if (refused !== undefined) return refused;
    await storePassword(unit.transaction, staff, password.hash);
    const ended = await revokeSessionsOfStaff(unit.transaction, staffId, null);
    const after = { hasPassword: true, sessionsEnded: ended.length };
    unit.audit({
      subjectKind: 'staff',
      subjectId: staffId,
      organisationId: staff.organisation_id,
      before: { hasPassword: staff.has_password },
      after,
    });
    unit.afterCommit(() => noteAccessChange(...ended));
    return ok({ staffId, sessionsEnded: ended.length });
  },
};
