import { addLength, monthsOf, type DayNumber, type DaySpan } from '../../../../kernel/day-number';
import { cycleAt, type Cycles } from '../../../../kernel/cycle';
import { periodAt, periodIndexAt, recurrenceFrom, recurrenceOn, type Recurrence } from '../../../../kernel/recurrence';
import type { RecurringPrice } from './definition';

/** The periods of a price for as long as they are reckoned by one day of the month. */
export interface PeriodRow extends DaySpan {
  readonly recurrence: Recurrence;
}

/** The first day that is charged: after the trial. */
export function firstChargedDay(price: RecurringPrice, start: DayNumber): DayNumber {
  return price.trial === null ? start : addLength(start, price.trial);
}

/**
 * The periods of a price from its first charged day on. A price of one month follows the billing cycle, and so does a longer
 * one that is aligned to it; when the billing day changes, its periods are reckoned anew by the new day, the first again being
 * that which holds the first charged day. Every other price counts from the first charged day, whatever the billing day does.
 */
export function periodRowsOf(price: RecurringPrice, firstDay: DayNumber, cycles: Cycles): readonly PeriodRow[] {
  const months = monthsOf(price.period);
  if (months === 1 || (months !== null && price.alignment === 'CYCLE')) {
    return cycles.regimes.map(({ from, to, anchorDay }) => ({ from, to, recurrence: recurrenceOn(anchorDay, months, firstDay) }));
  }
  const first = price.alignment === 'CYCLE' ? cycleAt(cycles, firstDay).from : firstDay;
  return [{ from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, recurrence: recurrenceFrom(first, price.period) }];
}

/** The end of the period in which a day lies. */
export function periodEndAfter(rows: readonly PeriodRow[], day: DayNumber): DayNumber {
  const row = rows.find(({ to }) => day < to) as PeriodRow;
  return Math.min(row.to, periodAt(row.recurrence, periodIndexAt(row.recurrence, day)).to);
}
