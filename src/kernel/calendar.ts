import { Temporal } from 'temporal-polyfill';
import type { Instant } from './clock';

declare const timeZone: unique symbol;

/** An IANA time-zone name that the machine knows. */
export type TimeZone = string & { readonly [timeZone]: true };

/** A local date of the operator, as `2026-11-21`. */
export type LocalDate = Temporal.PlainDate;

/** An offset such as `+08:00` is no time zone: it does not say what the clock did in other years. */
export function timeZoneOf(name: string): TimeZone | undefined {
  if (/^[+-]/.test(name)) return undefined;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId as TimeZone;
  } catch {
    return undefined;
  }
}

/** The operator's date at an instant. */
export function localDate(instant: Instant, zone: TimeZone): LocalDate {
  return instant.toZonedDateTimeISO(zone).toPlainDate();
}

/** The operator's date and time at an instant, to the minute, as `2026-11-21 08:00`. */
export function localTime(instant: Instant, zone: TimeZone): string {
  return instant.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ');
}

/** The instant at which a date begins; where a change of clocks skips midnight, the first instant that exists. */
export function startOfDay(date: LocalDate, zone: TimeZone): Instant {
  return date.toZonedDateTime(zone).toInstant();
}

/** A date written as `2026-11-21` and in no other way; undefined where it is none. */
export function localDateOf(text: string): LocalDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text);
  } catch {
    return undefined;
  }
}
