import type { Money } from '../../../../kernel/money';
import { refusedBy } from '../../../../kernel/result';
import { hasHiddenCharacters, isBlank, lengthOf } from '../../../../kernel/text';
import { refuseNumber, type NumberRefusal } from './refusals';

export const NAME_LENGTH_MAX = 200;

/** How long whoever takes a good number may undertake to spend. */
export const SPEND_MONTHS_MAX = 120;

/** A clerk reserves while the customer decides, not for a week. */
export const RESERVATION_MINUTES_MAX = 1_440;

/** How many numbers are looked at to find any that looks as asked for: a second or two at most. */
export const LOOKED_AT_MAX = 500_000;

/** How many numbers a member of staff may hold at once: a counter has one customer, who looks at a few. */
export const HELD_BY_STAFF_MAX = 20;

/** How many numbers one call may name. */
export const NUMBERS_MAX = 1_000;

/** How many rules may sort one range into classes. */
export const CLASS_RULES_MAX = 20;

type Check = ReturnType<typeof refusedBy<NumberRefusal>>;

export interface NamedFields {
  readonly code?: string;
  readonly name?: string;
  readonly nameEn?: string | null;
}

/** Checks those fields that are given. */
export function checkNamed({ code, name, nameEn }: NamedFields): Check {
  return refusedBy<NumberRefusal>(
    code !== undefined && !/^[A-Z0-9][A-Z0-9._-]{0,31}$/.test(code) && refuseNumber('CODE_INVALID', 'code'),
    name !== undefined && checkName(name, 'name'),
    nameEn != null && checkName(nameEn, 'nameEn'),
  );
}

function checkName(name: string, field: string): Check {
  return refusedBy(
    isBlank(name) && refuseNumber('BLANK', field),
    hasHiddenCharacters(name) && refuseNumber('CHARACTERS_REFUSED', field),
    lengthOf(name) > NAME_LENGTH_MAX && refuseNumber('TOO_LONG', field, { max: NAME_LENGTH_MAX }),
  );
}

/** What whoever takes a number of a class owes for it. */
export interface ClassTerms {
  readonly minimumSpend: Money;
  readonly minimumSpendMonths: number;
  readonly deposit: Money;
  /** Under which the deposit is held; none, when not given. */
  readonly depositChargeCode?: string | null;
}

export function checkTerms({ minimumSpend, minimumSpendMonths: months, deposit }: ClassTerms): Check {
  const monthsFit = Number.isInteger(months) && months >= 0 && months <= SPEND_MONTHS_MAX;
  return refusedBy<NumberRefusal>(
    minimumSpend.amountMinor < 0n && refuseNumber('AMOUNT_INVALID', 'minimumSpend'),
    (deposit.amountMinor < 0n || deposit.currency !== minimumSpend.currency) && refuseNumber('AMOUNT_INVALID', 'deposit'),
    !(monthsFit && months > 0 === minimumSpend.amountMinor > 0n) &&
      refuseNumber('SPEND_MONTHS_INVALID', 'minimumSpendMonths', { max: SPEND_MONTHS_MAX }),
  );
}

/** Checks a list of numbers that a caller names, by their place. */
export function checkNumbers(numbers: readonly string[]): Check {
  if (numbers.length === 0) return refuseNumber('BLANK', 'numbers');
  if (numbers.length > NUMBERS_MAX) return refuseNumber('TOO_MANY', 'numbers', { max: NUMBERS_MAX });
  const seen = new Set<string>();
  for (const [place, number] of numbers.entries()) {
    if (seen.has(number)) return refuseNumber('NUMBER_REPEATED', `numbers.${place}`, { number });
    seen.add(number);
  }
  return undefined;
}
