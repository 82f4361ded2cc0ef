import type { UseCase } from '../../execute';
import type { Unit } from '../../context';
import { lockOrganisation, lockTreeShape, type LockedOrganisation } from '../../../data/operation/organisation/lock-organisation';
import { measureSubtree, moveSubtree, updateOrganisation } from '../../../data/operation/organisation/write-organisation';
import type { Id } from '../../../kernel/id';
import { ok, type Result } from '../../../kernel/result';
import { managingNode } from './managing-node';
import { LEVELS_MAX } from './model/checks';
import { refuseOrganisation, type OrganisationRefusal } from './model/refusals';

export interface MoveOrganisationInput {
  readonly organisationId: Id<'organisation'>;
  readonly parentId: Id<'organisation'>;
  readonly expectedVersion: number;
}

/**
 * Hangs a node with all below it under another parent 组织调整. What is managed there stays there, and is from then on
 * seen by those whose scope the new place lies in. The caller may write at the node, at the old parent and at the new.
 */
export const moveOrganisation: UseCase<MoveOrganisationInput, { organisationId: Id<'organisation'> }, OrganisationRefusal> = {
  name: 'moveOrganisation',
  permission: 'organisation:write',
  async run(unit, { organisationId, parentId, expectedVersion }) {
    await lockTreeShape(unit);
    const node = await lockOrganisation(unit, organisationId, 'organisation:write', 'close or move');
    if (node === undefined) return refuseOrganisation('NOT_FOUND', 'organisationId');
    if (node.version !== expectedVersion) return refuseOrganisation('STALE_VERSION', 'expectedVersion', { version: node.version });
    if (node.parent_id === null) return refuseOrganisation('ROOT_FIXED', 'organisationId');
    if (node.status !== 'ACTIVE') return refuseOrganisation('NOT_ACTIVE', 'organisationId');
    const refused = await checkPlace(unit, node, node.parent_id, parentId);
    if (refused !== undefined) return refused;
    if (parentId !== node.parent_id) await moveSubtree(unit.transaction, node.id, parentId);
    await updateOrganisation(unit.transaction, node, { parentId });
    const before = { parentId: node.parent_id };
    unit.audit({ subjectKind: 'organisation', subjectId: node.id, organisationId: node.id, before, after: { parentId } });
    unit.emit({ type: 'OrganizationAttributeValueChangeEvent', subjectKind: 'organisation', subjectId: node.id, payload: { parentId } });
    return ok({ organisationId: node.id });
  },
};

async function checkPlace(
  unit: Unit,
  node: LockedOrganisation,
  oldParentId: Id<'organisation'>,
  parentId: Id<'organisation'>,
): Promise<Extract<Result<never, OrganisationRefusal>, { ok: false }> | undefined> {
  const { height, holdsOther } = await measureSubtree(unit.transaction, node.id, parentId);
  if (holdsOther) return refuseOrganisation('BELOW_ITSELF', 'parentId');
  const atParent = await managingNode(unit, parentId, 'organisation:write', (code: OrganisationRefusal) =>
    refuseOrganisation(code, 'parentId'),
  );
  if (atParent !== undefined) return atParent;
  const left = await managingNode(unit, oldParentId, 'organisation:write', (code: OrganisationRefusal) =>
    refuseOrganisation(code, 'organisationId'),
  );
  if (left?.refusals[0]?.code === 'ORGANISATION_NOT_FOUND') return refuseOrganisation('OUTSIDE_SCOPE', 'organisationId');
  const { depth } = await measureSubtree(unit.transaction, parentId, null);
  return depth + 2 + height > LEVELS_MAX ? refuseOrganisation('TREE_TOO_DEEP', 'parentId', { max: LEVELS_MAX }) : undefined;
}
