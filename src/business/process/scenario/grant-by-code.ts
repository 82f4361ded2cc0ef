import { grantRole, listRoles } from '../../component/staff';
import { listOf, suggestion } from './written/fields';
import type { Handle } from './written/handle';
import { StepMistake } from './problem';
import type { Stage } from './stage';
import type { Done } from './verb';

const ROLES_MAX = 100;

export interface GrantByCode {
  readonly staff: Handle<'staff'>;
  /** The code of a role. */
  readonly role: string;
  readonly organisation: Handle<'organisation'>;
  readonly linesOfBusiness: readonly string[] | null;
}

/**
 * Grants a role by its code.
 * @throws StepMistake when there is no such role
 */
export async function grantByCode(stage: Stage, { staff, role: code, organisation, linesOfBusiness }: GrantByCode): Promise<Done> {
  const { rows: roles } = await listRoles(stage.context, { first: ROLES_MAX, after: null });
  const role = roles.find((one) => one.code === code);
  if (role === undefined) {
    const codes = roles.map((one) => one.code);
    throw new StepMistake(['role'], `there is no role "${code}"${suggestion(code, codes)}; the roles are ${listOf(codes)}`);
  }
  const grant = { staffId: stage.idOf(staff), roleId: role.id, organisationId: stage.idOf(organisation), linesOfBusiness };
  return stage.execute(grantRole, grant);
}
