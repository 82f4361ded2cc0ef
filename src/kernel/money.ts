declare const currencyCode: unique symbol;

/** ISO 4217 code. */
export type CurrencyCode = string & { readonly [currencyCode]: true };

/** An amount in the currency's smallest unit (fen for CNY). Never a float. */
export interface Money {
  readonly amountMinor: bigint;
  readonly currency: CurrencyCode;
}

/** ISO 4217 codes that may be used, with their number of decimal places. */
const EXPONENTS: Readonly<Record<string, number>> = {
  CNY: 2, HKD: 2, MOP: 2, TWD: 2, USD: 2, EUR: 2, GBP: 2, SGD: 2, AUD: 2, CAD: 2, CHF: 2, THB: 2, MYR: 2, PHP: 2,
  IDR: 2, INR: 2, RUB: 2, BRL: 2, MXN: 2, ZAR: 2, AED: 2, SAR: 2, NZD: 2, SEK: 2, NOK: 2, DKK: 2, PLN: 2, TRY: 2,
  JPY: 0, KRW: 0, VND: 0, CLP: 0, KWD: 3, BHD: 3, OMR: 3, JOD: 3, TND: 3,
}; // prettier-ignore

/** PostgreSQL's `bigint`. */
const AMOUNT_MAX = 9_223_372_036_854_775_807n;

/** Rated usage is kept in micro-units, 1/10,000 of a minor unit, until it becomes an item of money. */
export const MICRO_UNITS_PER_MINOR_UNIT = 10_000n;

/**
 * The one rounding of money: a fraction to the nearest whole minor unit, half away from zero.
 * @param denominator above zero
 */
export function roundHalfAwayFromZero(numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n) throw new RangeError('a fraction whose denominator is not above zero');
  const doubled = 2n * (numerator < 0n ? -numerator : numerator);
  const rounded = (doubled + denominator) / (2n * denominator);
  return numerator < 0n ? -rounded : rounded;
}

/** An amount in micro-units as money. */
export function minorUnitsOf(microUnits: bigint): bigint {
  return roundHalfAwayFromZero(microUnits, MICRO_UNITS_PER_MINOR_UNIT);
}

/**
 * The piece of an amount from `before` to `before + counted` of so many parts: the difference of two roundings, so that the
 * pieces of a whole sum to it exactly, wherever they are cut.
 */
export function pieceOf(whole: bigint, before: number, counted: number, parts: number): bigint {
  if (before === 0 && counted === parts) return whole;
  const of = BigInt(parts);
  const upTo = roundHalfAwayFromZero(whole * BigInt(before + counted), of);
  return before === 0 ? upTo : upTo - roundHalfAwayFromZero(whole * BigInt(before), of);
}

export function currencyOf(code: string): CurrencyCode | undefined {
  return Object.hasOwn(EXPONENTS, code) ? (code as CurrencyCode) : undefined;
}

export function exponentOf(currency: CurrencyCode): number {
  const exponent = EXPONENTS[currency];
  if (exponent === undefined) throw new RangeError(`no such currency: ${currency}`);
  return exponent;
}

/** The amount as a decimal, as in `-12.30`. */
export function formatAmount({ amountMinor, currency }: Money): string {
  const exponent = exponentOf(currency);
  const digits = (amountMinor < 0n ? -amountMinor : amountMinor).toString().padStart(exponent + 1, '0');
  const sign = amountMinor < 0n ? '-' : '';
  return exponent === 0 ? sign + digits : `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** Reads a decimal exactly; `undefined` when it is malformed, too large, or finer than the currency. */
export function parseAmount(text: string, currency: CurrencyCode): Money | undefined {
  const amountMinor = minorUnitsIn(text, currency);
  return amountMinor === undefined || isTooLarge(amountMinor) ? undefined : { amountMinor, currency };
}

/** Whether a decimal would be an amount, if there were not too much of it. */
export function isAmountTooLarge(text: string, currency: CurrencyCode): boolean {
  const amountMinor = minorUnitsIn(text, currency);
  return amountMinor !== undefined && isTooLarge(amountMinor);
}

function isTooLarge(amountMinor: bigint): boolean {
  return amountMinor > AMOUNT_MAX || amountMinor < -AMOUNT_MAX;
}

/** `undefined` when the decimal is malformed, longer than anybody writes, or finer than the currency. */
function minorUnitsIn(text: string, currency: CurrencyCode): bigint | undefined {
  const match = /^(-?)(\d{1,18})(?:\.(\d{1,6}))?$/.exec(text);
  if (match === null) return undefined;
  const exponent = exponentOf(currency);
  const fraction = (match[3] ?? '').padEnd(exponent, '0');
  if (/[1-9]/.test(fraction.slice(exponent))) return undefined;
  const amount = BigInt(match[2] + fraction.slice(0, exponent));
  return match[1] === '-' ? -amount : amount;
}
