import type { UseCase } from '../../execute';
import type { Id } from '../../../kernel/id';
import { ok, refusedBy } from '../../../kernel/result';
import { addNode } from './create-organisation';
import { checkFields } from './model/checks';
import { refuseOrganisation, type OrganisationRefusal } from './model/refusals';

export interface FoundOperatorInput {
  readonly code: string;
  readonly name: string;
  readonly nameEn?: string | null;
  readonly taxNumber?: string | null;
}

/** Makes the root 运营商, once in the life of a database. Nobody has a scope before there is a root: the system does it. */
export const foundOperator: UseCase<FoundOperatorInput, { organisationId: Id<'organisation'> }, OrganisationRefusal> = {
  name: 'foundOperator',
  permission: 'organisation:write',
  constraints: {
    organisation_one_root: () => refuseOrganisation('ALREADY_FOUNDED'),
    organisation_code_key: () => refuseOrganisation('CODE_TAKEN', 'code'),
  },
  async run(unit, input) {
    if (!unit.scope.system) return refuseOrganisation('OUTSIDE_SCOPE');
    const refused = refusedBy(checkFields(input));
    if (refused !== undefined) return refused;
    const { code, name, nameEn = null, taxNumber = null } = input;
    return ok({ organisationId: await addNode(unit, { code, name, nameEn, kind: 'OPERATOR', taxNumber, parentId: null }) });
  },
};
