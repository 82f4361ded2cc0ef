import type { Unit } from '../../context';
import { grantedNodes, holdOrganisation } from '../../../data/operation/organisation/lock-organisation';
import type { Id } from '../../../kernel/id';
import type { Refusal, Refuse } from '../../../kernel/result';
import type { Permission } from '../../../kernel/scope';

/** The codes that a component which puts things at a node has in its closed list. */
export type ManagingNodeRefusal = 'ORGANISATION_NOT_FOUND' | 'ORGANISATION_CLOSED';

/**
 * Checks that something may be managed at an organisation node 管理组织: the node is active and lies within the caller's
 * grants of the permission (of those for `line`, a service type's code, when it is given; of those for all lines, when it is
 * `EVERY_LINE`). The node can then neither be
 * closed nor moved before the unit ends.
 * @returns undefined when it may; else the refusal, in the words of the component that asks
 */
export async function managingNode<Code extends string>(
  unit: Unit,
  organisationId: Id<'organisation'>,
  permission: Permission,
  refuse: Refuse<Code | ManagingNodeRefusal>,
  line?: string,
): Promise<{ ok: false; refusals: readonly Refusal<Code | ManagingNodeRefusal>[] } | undefined> {
  // What it is held with lasts as long as the unit: permissions that hold at the same nodes have one answer.
  const granted = unit.scope.system ? 'everywhere' : grantedNodes(unit.scope, permission, line).sort().join(' ');
  const node = await unit.once(`managing node ${organisationId}: ${granted}`, () =>
    holdOrganisation(unit, organisationId, permission, line),
  );
  if (node === undefined) return refuse('ORGANISATION_NOT_FOUND', 'organisationId');
  return node.status === 'ACTIVE' ? undefined : refuse('ORGANISATION_CLOSED', 'organisationId');
}
