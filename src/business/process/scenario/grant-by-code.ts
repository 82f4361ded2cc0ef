import { grantRole } from '../../component/staff';
import { roleByCode } from './role-by-code';
import type { Handle } from './written/handle';
import type { Stage } from './stage';
import type { Done } from './verb';

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
  const { id: roleId } = await roleByCode(stage, code);
  return stage.execute(grantRole, { staffId: stage.idOf(staff), roleId, organisationId: stage.idOf(organisation), linesOfBusiness });
}
