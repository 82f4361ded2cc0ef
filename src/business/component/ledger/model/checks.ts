import { refusedBy } from '../../../../kernel/result';
import { hasHiddenCharacters, isBlank, lengthOf } from '../../../../kernel/text';
import { refuseLedger, type LedgerRefusal } from './refusals';

export const LEDGER_NAME_LENGTH_MAX = 100;

/** How many ledger accounts an operator may have. */
export const LEDGER_ACCOUNTS_MAX = 2_000;

/** How many of them may be kept by account: so many balances an account may have. */
export const KEPT_BY_ACCOUNT_MAX = 100;

const LEDGER_ACCOUNT_CODE = /^[0-9]{4,12}$/;

type Check = ReturnType<typeof refusedBy<LedgerRefusal>>;

export interface LedgerAccountFields {
  readonly code?: string;
  readonly name?: string | undefined;
  readonly nameEn?: string | null | undefined;
}

/** Checks those fields that are given. */
export function checkLedgerAccount({ code, name, nameEn }: LedgerAccountFields): Check {
  return refusedBy(
    code !== undefined && !LEDGER_ACCOUNT_CODE.test(code) && refuseLedger('CODE_INVALID', 'code'),
    name !== undefined && checkName(name, 'name'),
    nameEn != null && checkName(nameEn, 'nameEn'),
  );
}

function checkName(name: string, field: string): Check {
  return refusedBy(
    isBlank(name) && refuseLedger('BLANK', field),
    hasHiddenCharacters(name) && refuseLedger('CHARACTERS_REFUSED', field),
    lengthOf(name) > LEDGER_NAME_LENGTH_MAX && refuseLedger('TOO_LONG', field, { max: LEDGER_NAME_LENGTH_MAX }),
  );
}
