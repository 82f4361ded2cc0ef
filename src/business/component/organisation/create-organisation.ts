import type { UseCase } from '../../execute';
import type { Unit } from '../../context';
import { lockTreeShape } from '../../../data/operation/organisation/lock-organisation';
import type { OrganisationKind } from '../../../data/operation/organisation/organisation';
import { insertOrganisation, measureSubtree, type NewOrganisation } from '../../../data/operation/organisation/write-organisation';
import type { Id } from '../../../kernel/id';
import { ok, refusedBy } from '../../../kernel/result';
import { managingNode } from './managing-node';
import { LEVELS_MAX, checkFields, checkKind } from './model/checks';
import { refuseOrganisation, type OrganisationRefusal } from './model/refusals';

export interface CreateOrganisationInput {
  /** The parent 上级组织. */
  readonly organisationId: Id<'organisation'>;
  readonly code: string;
  readonly name: string;
  readonly nameEn?: string | null;
  readonly kind: OrganisationKind;
  /** A node with a tax number is a legal entity 法人. */
  readonly taxNumber?: string | null;
}

/** Adds a node 建立组织 below one that the caller may write at. */
export const createOrganisation: UseCase<CreateOrganisationInput, { organisationId: Id<'organisation'> }, OrganisationRefusal> = {
  name: 'createOrganisation',
  permission: 'organisation:write',
  constraints: { organisation_code_key: () => refuseOrganisation('CODE_TAKEN', 'code') },
  async run(unit, input) {
    await lockTreeShape(unit);
    const refused = refusedBy(
      checkFields(input),
      checkKind(input.kind, false),
      await managingNode(unit, input.organisationId, 'organisation:write', refuseOrganisation),
    );
    if (refused !== undefined) return refused;
    const { depth } = await measureSubtree(unit.transaction, input.organisationId, null);
    if (depth + 2 > LEVELS_MAX) return refuseOrganisation('TREE_TOO_DEEP', 'organisationId', { max: LEVELS_MAX });
    const { code, name, nameEn = null, kind, taxNumber = null, organisationId: parentId } = input;
    return ok({ organisationId: await addNode(unit, { code, name, nameEn, kind, taxNumber, parentId }) });
  },
};

export async function addNode(unit: Unit, node: NewOrganisation): Promise<Id<'organisation'>> {
  const id = await insertOrganisation(unit.transaction, node, unit.now);
  unit.audit({ subjectKind: 'organisation', subjectId: id, organisationId: id, before: null, after: { ...node } });
  unit.emit({
    type: 'OrganizationCreateEvent',
    subjectKind: 'organisation',
    subjectId: id,
    payload: { code: node.code, kind: node.kind, parentId: node.parentId },
  });
  return id;
}
