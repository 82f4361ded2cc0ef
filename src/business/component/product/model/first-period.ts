import type { Cycles } from '../../../../kernel/cycle';
import { addLength, type DayNumber } from '../../../../kernel/day-number';
import { chargeRecurring, type RecurringParameters } from './charge-recurring';
import type { RecurringPrice } from './definition';
import type { RecurringPiece } from './prorate';
import { firstChargedDay } from './recurring-periods';

/**
 * What a recurring price asks, or what was agreed upon instead, for its first period, of an instance that begins on a day: the first
 * that is charged at all, so after a trial, and where a part of a period is free after that part.
 */
export function firstPeriodOf(
  price: RecurringPrice,
  start: DayNumber,
  quantity: number,
  {
    cycles,
    parameters,
    agreedMinor,
  }: { readonly cycles: Cycles; readonly parameters: RecurringParameters; readonly agreedMinor?: bigint | undefined },
): RecurringPiece[] {
  const first = firstChargedDay(price, start);
  const to = addLength(addLength(first, price.period), price.period) + 1;
  const negotiated = agreedMinor === undefined ? [] : [{ from: start, amountMinor: agreedMinor }];
  const instance = { start, end: null, quantities: [{ from: start, quantity }], negotiated, stops: [] };
  const pieces = chargeRecurring({ price, instance, cycles, span: { from: first, to }, parameters });
  return pieces.filter(({ period }) => period.from === pieces[0]?.period.from);
}
