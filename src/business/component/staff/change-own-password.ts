import type { UseCase } from '../../execute';
import { revokeSessionsOfStaff } from '../../../data/operation/staff/session';
import { forgiveAttempts } from '../../../data/operation/staff/log-in-attempt';
import { lockOneself, storePassword } from '../../../data/operation/staff/write-staff';
import { encodeId, type Id } from '../../../kernel/id';
import { ok, refusedBy } from '../../../kernel/result';
import { noteAccessChange } from './authentication/access-changes';
import type { PasswordProof, PreparedPassword } from './authentication/prepared-password';
import { checkPassword } from './create-staff';
import { SELF_PERMISSION } from './model/permission';
import { refuseStaff, type StaffRefusal } from './model/refusals';

export interface ChangeOwnPasswordInput {
  /** Of `Authentication.provePassword`, for the member of staff who calls. */
  readonly proof: PasswordProof;
  readonly password: PreparedPassword;
  /** The log-in that goes on; all others end. */
  readonly keptSessionId: Id<'session'>;
}

/** Changes one's own password 修改密码. It needs the old one and no permission beyond being logged in. */
export const changeOwnPassword: UseCase<ChangeOwnPasswordInput, { staffId: Id<'staff'>; sessionsEnded: number }, StaffRefusal> = {
  name: 'changeOwnPassword',
  permission: SELF_PERMISSION,
  async run(unit, { proof, password, keptSessionId }) {
    const { staffId, hash: oldHash } = proof;
    const staff = unit.actor.id === encodeId('staff', staffId) ? await lockOneself(unit.transaction, staffId) : undefined;
    if (staff === undefined || staff.status !== 'ACTIVE') return refuseStaff('NOT_FOUND');
    if (oldHash === null || !(await forgiveAttempts(unit.transaction, staffId, oldHash)))
      return refuseStaff('PASSWORD_WRONG', 'oldPassword');
    const refused = refusedBy(
      checkPassword(password, staff.login_name),
      password.sameAs(proof) && refuseStaff('PASSWORD_UNCHANGED', 'password'),
    );
    if (refused !== undefined) return refused;
    await storePassword(unit.transaction, staff, password.hash);
    const ended = await revokeSessionsOfStaff(unit.transaction, staffId, keptSessionId);
    unit.audit({
      subjectKind: 'staff',
      subjectId: staffId,
      organisationId: staff.organisation_id,
      before: null,
      after: { sessionsEnded: ended.length },
    });
    unit.afterCommit(() => noteAccessChange(...ended));
    return ok({ staffId, sessionsEnded: ended.length });
  },
};
