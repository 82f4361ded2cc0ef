import type { Cycles } from '../../../../kernel/cycle';
import { addLength, type DayNumber } from '../../../../kernel/day-number';
import { chargeRecurring, type RecurringParameters } from './charge-recurring';
import type { RecurringPrice } from './definition';
import type { RecurringPiece } from './prorate';
import { firstChargedDay } from './recurring-periods';

/**
 * What a recurring price asks for its first period, of an instance that begins on a day: the first that is charged at all, so after a
 * trial, and where a part of a period is free after that part.
 */
export function firstPeriodOf(
  price: RecurringPrice,
  start: DayNumber,
  quantity: number,
  { cycles, parameters }: { readonly cycles: Cycles; readonly parameters: RecurringParameters },
): RecurringPiece[] {
  const first = firstChargedDay(price, start);
  const to = addLength(addLength(first, price.period), price.period) + 1;
  const instance = { start, end: null, quantities: [{ from: start, quantity }], negotiated: [], stops: [] };
  const pieces = chargeRecurring({ price, instance, cycles, span: { from: first, to }, parameters });
  return pieces.filter(({ period }) => period.from === pieces[0]?.period.from);
}
