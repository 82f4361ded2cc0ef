import {
  dayInMonth,
  dayOfMonthOf,
  daysOf,
  monthOf,
  monthsOf,
  type DayNumber,
  type DaySpan,
  type MonthNumber,
  type PeriodLength,
} from './day-number';

/**
 * Periods of one length in the calendar that follow one another without end, numbered from 0. Months are always reckoned from
 * the first: a row that begins on the 31st falls on the last day of shorter months and returns to the 31st.
 */
export type Recurrence =
  | { readonly kind: 'MONTHS'; readonly firstMonth: MonthNumber; readonly dayOfMonth: number; readonly months: number }
  | { readonly kind: 'DAYS'; readonly first: DayNumber; readonly days: number };

/** Periods of which the first begins on a day. */
export function recurrenceFrom(first: DayNumber, length: PeriodLength): Recurrence {
  const months = monthsOf(length);
  if (!(Number.isInteger(length.count) && length.count > 0)) throw new RangeError(`a period of ${length.count} ${length.unit}`);
  return months === null
    ? { kind: 'DAYS', first, days: daysOf(length) }
    : { kind: 'MONTHS', firstMonth: monthOf(first), dayOfMonth: dayOfMonthOf(first), months };
}

/** Periods of so many months that begin on a day of the month; the first of them holds the day given. */
export function recurrenceOn(dayOfMonth: number, months: number, within: DayNumber): Recurrence {
  return { kind: 'MONTHS', firstMonth: monthOf(anchorUpTo(dayOfMonth, within)), dayOfMonth, months };
}

export function periodAt(recurrence: Recurrence, index: number): DaySpan {
  return { from: beginningOf(recurrence, index), to: beginningOf(recurrence, index + 1) };
}

/** The number of the period in which a day lies; below zero before the first. */
export function periodIndexAt(recurrence: Recurrence, day: DayNumber): number {
  if (recurrence.kind === 'DAYS') return Math.floor((day - recurrence.first) / recurrence.days);
  const index = Math.floor((monthOf(day) - recurrence.firstMonth) / recurrence.months);
  return beginningOf(recurrence, index) > day ? index - 1 : index;
}

/** The last day up to `day`, itself included, that falls on a day of the month. */
export function anchorUpTo(dayOfMonth: number, day: DayNumber): DayNumber {
  const month = monthOf(day);
  const anchor = dayInMonth(month, dayOfMonth);
  return anchor <= day ? anchor : dayInMonth(month - 1, dayOfMonth);
}

/** The first day from `day` on, itself included, that falls on a day of the month. */
export function anchorFrom(dayOfMonth: number, day: DayNumber): DayNumber {
  const month = monthOf(day);
  const anchor = dayInMonth(month, dayOfMonth);
  return anchor >= day ? anchor : dayInMonth(month + 1, dayOfMonth);
}

function beginningOf(recurrence: Recurrence, index: number): DayNumber {
  return recurrence.kind === 'DAYS'
    ? recurrence.first + index * recurrence.days
    : dayInMonth(recurrence.firstMonth + index * recurrence.months, recurrence.dayOfMonth);
}
