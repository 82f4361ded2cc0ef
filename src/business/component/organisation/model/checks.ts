import type { OrganisationKind } from '../../../../data/operation/organisation/organisation';
import { refusedBy } from '../../../../kernel/result';
import { hasHiddenCharacters, isBlank, lengthOf } from '../../../../kernel/text';
import { refuseOrganisation, type OrganisationRefusal } from './refusals';

export const NAME_LENGTH_MAX = 200;

/** How many levels a tree may have, the root included. Operators have 6 to 8; closure rows grow with it. */
export const LEVELS_MAX = 64;

type Check = ReturnType<typeof refusedBy<OrganisationRefusal>>;

export interface OrganisationFields {
  readonly code?: string;
  readonly name?: string;
  readonly nameEn?: string | null;
  readonly kind?: OrganisationKind;
  readonly taxNumber?: string | null;
}

/** Checks those fields that are given. */
export function checkFields({ code, name, nameEn, taxNumber }: OrganisationFields): Check {
  return refusedBy<OrganisationRefusal>(
    code !== undefined && !/^[A-Z0-9][A-Z0-9._-]{0,31}$/.test(code) && refuseOrganisation('CODE_INVALID', 'code'),
    name !== undefined && checkName(name, 'name'),
    nameEn != null && checkName(nameEn, 'nameEn'),
    taxNumber != null && !/^[0-9A-Z]{15,20}$/.test(taxNumber) && refuseOrganisation('TAX_NUMBER_INVALID', 'taxNumber'),
  );
}

function checkName(name: string, field: string): Check {
  return refusedBy(
    isBlank(name) && refuseOrganisation('BLANK', field),
    hasHiddenCharacters(name) && refuseOrganisation('CHARACTERS_REFUSED', field),
    lengthOf(name) > NAME_LENGTH_MAX && refuseOrganisation('TOO_LONG', field, { max: NAME_LENGTH_MAX }),
  );
}

/** One database is one operator: the root is it, and no other node is. */
export function checkKind(kind: OrganisationKind, isRoot: boolean): Check {
  return refusedBy((kind === 'OPERATOR') !== isRoot && refuseOrganisation('KIND_OF_ROOT', 'kind'));
}
