import { addLength, type DayNumber } from '../../../../kernel/day-number';
import { chargeRecurring, type RecurringCharge } from './charge-recurring';
import type { RecurringPiece } from './prorate';

/** What a price asks for its period in which a day lies; nothing where the day is one of a trial, or free. */
export function periodOfDay(charge: Omit<RecurringCharge, 'span'>, day: DayNumber): RecurringPiece[] {
  const { unit, count } = charge.price.period;
  // Two lengths on either side hold every period that holds the day, also one that a change of the billing day made longer.
  const span = { from: addLength(day, { unit, count: -2 * count }), to: addLength(day, { unit, count: 2 * count }) };
  return chargeRecurring({ ...charge, span }).filter(({ period }) => period.from <= day && day < period.to);
}
