import { refusedBy } from '../../../../kernel/result';
import { currencyOf } from '../../../../kernel/money';
import { hasHiddenCharacters, isBlank, lengthOf } from '../../../../kernel/text';
import { refuseAccount, type AccountRefusal } from './refusals';

export const ACCOUNT_NAME_LENGTH_MAX = 100;

type Check = ReturnType<typeof refusedBy<AccountRefusal>>;

export function checkAccountName(name: string, field: string): Check {
  return refusedBy(
    isBlank(name) && refuseAccount('BLANK', field),
    hasHiddenCharacters(name) && refuseAccount('CHARACTERS_REFUSED', field),
    lengthOf(name) > ACCOUNT_NAME_LENGTH_MAX && refuseAccount('TOO_LONG', field, { max: ACCOUNT_NAME_LENGTH_MAX }),
  );
}

export function checkCurrency(code: string, field: string): Check {
  return refusedBy(currencyOf(code) === undefined && refuseAccount('CURRENCY_UNKNOWN', field));
}

/** A billing day 账期日 is a day of the month; 29 to 31 mean the last day of a shorter month. */
export function checkBillingDay(day: number, field: string): Check {
  return refusedBy(!(Number.isInteger(day) && day >= 1 && day <= 31) && refuseAccount('BILLING_DAY_INVALID', field));
}
