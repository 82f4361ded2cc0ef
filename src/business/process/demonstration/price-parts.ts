import type { Json } from '../../../kernel/stable-json';

/*
 * The parts of which the documents of the demonstration's catalogue are made, as a product manager writes them: amounts are yuan
 * with fen, tax included.
 */

export type Part = Readonly<Record<string, Json>>;

const TAXED = { taxIncluded: true } as const;

/** How far a city may go by itself: 20 % down and 10 % up. */
export const CITY_MAY_CHANGE: Part = { authority: { reductionBasisPoints: 2_000, increaseBasisPoints: 1_000 } };

/** So many months at one price; the last price has no end. */
export function months(periods: number, amount: string): Part {
  return { periods, amount };
}

/** A monthly fee, named FEE: one price, or one for each phase; charged in advance and by day, unless it says otherwise. */
export function fee(chargeCode: string, amount: string | readonly Part[], more: Part = {}): Part {
  const phases = typeof amount === 'string' ? [{ amount }] : amount;
  return {
    kind: 'RECURRING',
    code: 'FEE',
    name: '月租费',
    nameEn: 'Monthly fee',
    chargeCode,
    ...TAXED,
    timing: 'ADVANCE',
    phases,
    ...more,
  };
}

export function installation(amount: string, more: Part = {}): Part {
  const names = { name: '装机费', nameEn: 'Installation' };
  return { kind: 'ONE_TIME', code: 'INSTALLATION', ...names, chargeCode: 'INSTALLATION_FEE', ...TAXED, amount, ...more };
}

export function choiceOfNumber(amount: string): Part {
  const names = { name: '选号费', nameEn: 'Choice of a number' };
  return { kind: 'ONE_TIME', code: 'NUMBER', ...names, chargeCode: 'NUMBER_SELECTION_FEE', ...TAXED, amount };
}

export function equipment(name: string, nameEn: string, amount: string): Part {
  return { kind: 'ONE_TIME', code: 'EQUIPMENT', name, nameEn, chargeCode: 'EQUIPMENT', ...TAXED, amount };
}

export function deposit(name: string, nameEn: string, amount: string): Part {
  return { kind: 'DEPOSIT', code: 'DEPOSIT', name, nameEn, chargeCode: 'DEPOSIT', ...TAXED, amount };
}

/** Calls are rated by a tariff, like data and short messages below. */
export function calls(tariff: string): Part {
  return { kind: 'USAGE', code: 'CALLS', name: '通话', nameEn: 'Calls', chargeCode: 'CALL_FEE', ...TAXED, usageKind: 'VOICE', tariff };
}

export function data(tariff: string): Part {
  return { kind: 'USAGE', code: 'DATA', name: '流量', nameEn: 'Data', chargeCode: 'DATA_FEE', ...TAXED, usageKind: 'DATA', tariff };
}

export function messages(tariff: string): Part {
  return { kind: 'USAGE', code: 'SMS', name: '短信', nameEn: 'Short messages', chargeCode: 'SMS_FEE', ...TAXED, usageKind: 'SMS', tariff };
}

const LEAVING = { chargeCode: 'EARLY_TERMINATION_PENALTY', ...TAXED } as const;

/** What it costs to leave a contract early: one amount. */
export function leavingFor(amount: string): Part {
  return { kind: 'FIXED', amount, ...LEAVING };
}

/** … a part of the fees that remain: 3,000 is 30 %. */
export function leavingForPartOfTheRest(basisPoints: number): Part {
  return { kind: 'PERCENTAGE_OF_REMAINING', basisPoints, ...LEAVING };
}

/** … an amount for each month of the contract, the first month first. */
export function leavingByMonth(amounts: readonly string[]): Part {
  return { kind: 'BY_MONTH', amounts, ...LEAVING };
}

const WHOLE = { kind: 'WHOLE' } as const;

/** While a number is kept for its owner 停机保号 another fee is owed; nothing for 30 days of a lost one, nor while both ways are cut off. */
export function keepsNumberFor(amount: string): Part {
  return {
    suspension: [
      { reason: 'CUSTOMER_REQUEST', kind: 'REPLACEMENT', amount, span: WHOLE },
      { reason: 'LOSS', kind: 'NONE', span: { kind: 'DAYS', days: 30 } },
      { reason: 'ARREARS_ONE_WAY', kind: 'FULL' },
      { reason: 'ARREARS_TWO_WAY', kind: 'NONE', span: WHOLE },
    ],
  };
}

/** A line that is stopped costs nothing to the end of the period, and then as before. */
export const RESTS_TO_PERIOD_END: Part = {
  suspension: [{ reason: 'CUSTOMER_REQUEST', kind: 'NONE', span: { kind: 'PERIOD_END' } }],
};
