import { Temporal } from 'temporal-polyfill';
import { localDate, type LocalDate, type TimeZone } from './calendar';
import type { Instant } from './clock';

/**
 * A local date as the number of days since 1970-01-01. Sums over spans of days are made on these whole numbers: a date of the
 * polyfill costs a microsecond, and charges are reckoned by the million. Dates become numbers, and numbers dates, at the edge.
 */
export type DayNumber = number;

/** A month as the number of months since January of the year 0. */
export type MonthNumber = number;

/** Local dates `[from, to)`. It holds no day where `to` is not after `from`. */
export interface DaySpan {
  readonly from: DayNumber;
  readonly to: DayNumber;
}

/** A length of time in the calendar, as in 1 month or 12 months. */
export interface PeriodLength {
  readonly unit: 'DAY' | 'WEEK' | 'MONTH' | 'YEAR';
  readonly count: number;
}

interface CivilDate {
  readonly month: MonthNumber;
  readonly dayOfMonth: number;
}

const DAYS_OF_400_YEARS = 146_097;
/** From 0000-03-01, where the reckoning below begins its years so that the leap day is the last, to 1970-01-01. */
const DAYS_TO_1970 = 719_468;

export function dayNumberOf(date: LocalDate): DayNumber {
  return dayNumber(date.year, date.month, date.day);
}

export function dateOf(day: DayNumber): LocalDate {
  const { month, dayOfMonth } = civilOf(day);
  return Temporal.PlainDate.from({ year: Math.floor(month / 12), month: (month % 12) + 1, day: dayOfMonth }, { overflow: 'reject' });
}

/** The local date at an instant, as a number. */
export function dayNumberAt(instant: Instant, zone: TimeZone): DayNumber {
  return dayNumberOf(localDate(instant, zone));
}

/** The month in which a day lies. */
export function monthOf(day: DayNumber): MonthNumber {
  return civilOf(day).month;
}

export function dayOfMonthOf(day: DayNumber): number {
  return civilOf(day).dayOfMonth;
}

/** A day of a month; the last day where the month is shorter. */
export function dayInMonth(month: MonthNumber, dayOfMonth: number): DayNumber {
  const first = firstOfMonth(month);
  return dayOfMonth <= 28 ? first + dayOfMonth - 1 : Math.min(first + dayOfMonth, firstOfMonth(month + 1)) - 1;
}

/** So many months later, on the same day of the month or the last one of a shorter month. */
export function addMonths(day: DayNumber, months: number): DayNumber {
  const { month, dayOfMonth } = civilOf(day);
  return dayInMonth(month + months, dayOfMonth);
}

export function addLength(day: DayNumber, { unit, count }: PeriodLength): DayNumber {
  const months = monthsOf({ unit, count });
  return months === null ? day + daysOf({ unit, count }) : addMonths(day, months);
}

/** The months of a length, or null where it counts days. */
export function monthsOf({ unit, count }: PeriodLength): number | null {
  return unit === 'MONTH' ? count : unit === 'YEAR' ? 12 * count : null;
}

/** The days of a length that counts days. */
export function daysOf({ unit, count }: PeriodLength): number {
  return unit === 'WEEK' ? 7 * count : count;
}

/** Whole months from one day to a later one: the most that can be added to the first without passing the second. */
export function monthsBetween(from: DayNumber, to: DayNumber): number {
  const months = monthOf(to) - monthOf(from);
  return addMonths(from, months) > to ? months - 1 : months;
}

/** Days by the rule 30E/360: every month has 30, the 31st counts as the 30th. The counts of the parts sum to that of the whole. */
export function days30Between(from: DayNumber, to: DayNumber): number {
  return day30(to) - day30(from);
}

/** The days that two spans share; a span without a day where they share none. */
export function overlapOf(one: DaySpan, other: DaySpan): DaySpan {
  const from = Math.max(one.from, other.from);
  return { from, to: Math.max(from, Math.min(one.to, other.to)) };
}

export function daysIn({ from, to }: DaySpan): number {
  return Math.max(0, to - from);
}

function day30(day: DayNumber): number {
  const { month, dayOfMonth } = civilOf(day);
  return 30 * month + Math.min(dayOfMonth, 30);
}

function firstOfMonth(month: MonthNumber): DayNumber {
  return dayNumber(Math.floor(month / 12), (((month % 12) + 12) % 12) + 1, 1);
}

/** The proleptic Gregorian calendar in 400-year eras of years that begin in March. */
function dayNumber(year: number, month: number, dayOfMonth: number): DayNumber {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_OF_400_YEARS + dayOfEra - DAYS_TO_1970;
}

function civilOf(day: DayNumber): CivilDate {
  const shifted = day + DAYS_TO_1970;
  const era = Math.floor(shifted / DAYS_OF_400_YEARS);
  const dayOfEra = shifted - era * DAYS_OF_400_YEARS;
  const leaps = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  return {
    month: 12 * (yearOfEra + era * 400) + marchMonth + 2,
    dayOfMonth: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
}
