import type { UseCase } from '../../execute';
import { insertStaff } from '../../../data/operation/staff/write-staff';
import type { Id } from '../../../kernel/id';
import { ok, refusedBy } from '../../../kernel/result';
import { managingNode } from '../organisation';
import type { PreparedPassword } from './authentication/prepared-password';
import { LOGIN_NAME, checkNames, normaliseLoginName, type StaffCheck } from './model/checks';
import { refuseStaff, type StaffRefusal } from './model/refusals';

export interface CreateStaffInput {
  readonly loginName: string;
  readonly name: string;
  readonly nameEn?: string | null;
  readonly organisationId: Id<'organisation'>;
  /** A first password; without one he logs in by an outside issuer, or when he is given one. */
  readonly password?: PreparedPassword | null;
}

/** Takes on a member of staff 新增员工, who may do nothing until he is granted a role. */
export const createStaff: UseCase<CreateStaffInput, { staffId: Id<'staff'> }, StaffRefusal> = {
  name: 'createStaff',
  permission: 'staff:write',
  constraints: { staff_login_name_key: () => refuseStaff('LOGIN_NAME_TAKEN', 'loginName') },
  async run(unit, input) {
    const { name, nameEn = null, organisationId, password } = input;
    const loginName = normaliseLoginName(input.loginName);
    const refused = refusedBy(
      !LOGIN_NAME.test(loginName) && refuseStaff('LOGIN_NAME_INVALID', 'loginName'),
      checkNames(input),
      password != null && checkPassword(password, loginName),
      await managingNode(unit, organisationId, 'staff:write', refuseStaff),
    );
    if (refused !== undefined) return refused;
    const staffId = await insertStaff(
      unit.transaction,
      { loginName, name, nameEn, organisationId, passwordHash: password?.hash ?? null },
      unit.now,
    );
    unit.audit({
      subjectKind: 'staff',
      subjectId: staffId,
      organisationId,
      before: null,
      after: { loginName, name, nameEn, organisationId, hasPassword: password != null },
    });
    unit.emit({ type: 'StaffCreateEvent', subjectKind: 'staff', subjectId: staffId, payload: { organisationId } });
    return ok({ staffId });
  },
};

export function checkPassword(password: PreparedPassword, loginName: string): StaffCheck {
  const problem = password.problem(loginName);
  return problem === undefined ? undefined : refuseStaff(problem, 'password');
}
