import type { Unit } from '../../context';
import { holdOrganisation } from '../../../data/operation/organisation/lock-organisation';
import { selectRootId } from '../../../data/operation/organisation/select-organisations';
import type { Id } from '../../../kernel/id';
import { ok, type Refuse, type Result } from '../../../kernel/result';
import type { Permission } from '../../../kernel/scope';

/**
 * The operator's own node, for what is the same for the whole operator: a parameter, a service type, a charge code, a tax rate. Whoever
 * changes such a thing holds the permission at the root; where it is of one line of business, for that `line`, and for all of them where
 * that is `EVERY_LINE`.
 */
export async function operatorNode<Code extends string>(
  unit: Unit,
  permission: Permission,
  refuse: Refuse<Code | 'OUTSIDE_SCOPE'>,
  { field, line }: { readonly field: string; readonly line?: string },
): Promise<Result<Id<'organisation'>, Code | 'OUTSIDE_SCOPE'>> {
  const rootId = await selectRootId(unit);
  const held = rootId === undefined ? undefined : await holdOrganisation(unit, rootId, permission, line);
  return rootId === undefined || held === undefined ? refuse('OUTSIDE_SCOPE', field) : ok(rootId);
}
