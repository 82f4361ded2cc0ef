import { listRoles } from '../../component/staff';
import type { Id } from '../../../kernel/id';
import { listOf, suggestion } from './written/fields';
import { StepMistake } from './problem';
import type { Stage } from './stage';

const ROLES_MAX = 100;

/** @throws StepMistake at the key `role` when there is no role of that code */
export async function roleByCode(stage: Stage, code: string): Promise<{ readonly id: Id<'role'> }> {
  const { rows: roles } = await listRoles(stage.context, { first: ROLES_MAX, after: null });
  const role = roles.find((one) => one.code === code);
  if (role !== undefined) return role;
  const codes = roles.map((one) => one.code);
  throw new StepMistake(['role'], `there is no role "${code}"${suggestion(code, codes)}; the roles are ${listOf(codes)}`);
}
