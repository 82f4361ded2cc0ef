import { refusedBy } from '../../../../kernel/result';
import { hasHiddenCharacters, isBlank, lengthOf } from '../../../../kernel/text';
import { refuseTax, type TaxRefusal } from './refusals';

export const NAME_LENGTH_MAX = 200;

/** The whole amount: no tax is higher. */
export const RATE_MAX = 10_000;

type Check = ReturnType<typeof refusedBy<TaxRefusal>>;

export function checkCategory({ code, name, nameEn }: { readonly code: string; readonly name: string; readonly nameEn: string }): Check {
  return refusedBy(
    !/^[A-Z][A-Z0-9_]{0,39}$/.test(code) && refuseTax('CODE_INVALID', 'code'),
    checkName(name, 'name'),
    checkName(nameEn, 'nameEn'),
  );
}

function checkName(name: string, field: string): Check {
  return refusedBy(
    isBlank(name) && refuseTax('BLANK', field),
    hasHiddenCharacters(name) && refuseTax('CHARACTERS_REFUSED', field),
    lengthOf(name) > NAME_LENGTH_MAX && refuseTax('TOO_LONG', field, { max: NAME_LENGTH_MAX }),
  );
}

export function checkRate(basisPoints: number, field: string): Check {
  const fits = Number.isInteger(basisPoints) && basisPoints >= 0 && basisPoints <= RATE_MAX;
  return refusedBy(!fits && refuseTax('RATE_INVALID', field));
}
