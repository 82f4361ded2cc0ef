import type { UseCase } from '../../execute';
import { revokeSessionsOfStaff } from '../../../data/operation/staff/session';
import { lockStaff } from '../../../data/operation/staff/write-staff';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import { noteAccessChange } from './authentication/access-changes';
import { refuseStaff, type StaffRefusal } from './model/refusals';

export interface RevokeSessionsInput {
  readonly staffId: Id<'staff'>;
}

/** Ends every log-in of a member of staff 强制下线; he may log in again. */
export const revokeSessions: UseCase<RevokeSessionsInput, { staffId: Id<'staff'>; sessionsEnded: number }, StaffRefusal> = {
  name: 'revokeSessions',
  permission: 'staff:write',
  async run(unit, { staffId }) {
    const staff = await lockStaff(unit, staffId, 'staff:write');
    if (staff === undefined) return refuseStaff('NOT_FOUND', 'staffId');
    const ended = await revokeSessionsOfStaff(unit.transaction, staffId, null);
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
