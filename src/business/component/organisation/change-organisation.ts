import type { UseCase } from '../../execute';
import { lockOrganisation } from '../../../data/operation/organisation/lock-organisation';
import type { OrganisationKind } from '../../../data/operation/organisation/organisation';
import { updateOrganisation, type OrganisationChanges } from '../../../data/operation/organisation/write-organisation';
import type { Id } from '../../../kernel/id';
import { ok, refusedBy } from '../../../kernel/result';
import { checkFields, checkKind } from './model/checks';
import { refuseOrganisation, type OrganisationRefusal } from './model/refusals';

export interface ChangeOrganisationInput {
  readonly organisationId: Id<'organisation'>;
  readonly expectedVersion: number;
  readonly name?: string;
  readonly nameEn?: string | null;
  readonly kind?: OrganisationKind;
  /** Null: the node is no legal entity. */
  readonly taxNumber?: string | null;
}

/** Changes what a node is called and is; what is not given stays. */
export const changeOrganisation: UseCase<ChangeOrganisationInput, { organisationId: Id<'organisation'> }, OrganisationRefusal> = {
  name: 'changeOrganisation',
  permission: 'organisation:write',
  async run(unit, input) {
    const { organisationId, expectedVersion, ...fields } = input;
    const node = await lockOrganisation(unit, organisationId, 'organisation:write', 'change');
    if (node === undefined) return refuseOrganisation('NOT_FOUND', 'organisationId');
    if (node.version !== expectedVersion) return refuseOrganisation('STALE_VERSION', 'expectedVersion', { version: node.version });
    if (node.status !== 'ACTIVE') return refuseOrganisation('NOT_ACTIVE', 'organisationId');
    const refused = refusedBy(checkFields(fields), fields.kind !== undefined && checkKind(fields.kind, node.parent_id === null));
    if (refused !== undefined) return refused;
    const before = { name: node.name, nameEn: node.name_en, kind: node.kind, taxNumber: node.tax_number };
    const after = { ...before, ...given(fields) };
    await updateOrganisation(unit.transaction, node, given(fields));
    unit.audit({ subjectKind: 'organisation', subjectId: node.id, organisationId: node.id, before, after });
    unit.emit({ type: 'OrganizationAttributeValueChangeEvent', subjectKind: 'organisation', subjectId: node.id, payload: after });
    return ok({ organisationId: node.id });
  },
};

type Fields = Omit<ChangeOrganisationInput, 'organisationId' | 'expectedVersion'>;

function given({ name, nameEn, kind, taxNumber }: Fields): OrganisationChanges {
  return {
    ...(name === undefined ? {} : { name }),
    ...(nameEn === undefined ? {} : { nameEn }),
    ...(kind === undefined ? {} : { kind }),
    ...(taxNumber === undefined ? {} : { taxNumber }),
  };
}
