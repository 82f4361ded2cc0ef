import { Temporal } from 'temporal-polyfill';
import type { Instant } from './clock';

/** A time span `[from, to)`, without an end while none is known. */
export interface Period {
  readonly from: Instant;
  readonly to: Instant | null;
}

/** What a date of business can be: years outside are slips of the keyboard, and some of them PostgreSQL prints in ways no client reads. */
const EARLIEST = Temporal.Instant.from('1800-01-01T00:00:00Z');
const LATEST = Temporal.Instant.from('9990-01-01T00:00:00Z');

/**
 * The span from `from` (now, when not given) to `to` (no end, when not given), in PostgreSQL's microseconds.
 * @returns undefined when the end does not lie after the beginning, or either is no date of business
 */
export function periodOf(from: Instant | null | undefined, to: Instant | null | undefined, now: Instant): Period | undefined {
  const begin = toMicroseconds(from ?? now);
  const end = to == null ? null : toMicroseconds(to);
  if (isBefore(begin, EARLIEST) || !isBefore(begin, LATEST)) return undefined;
  return end === null || (isBefore(begin, end) && isBefore(end, LATEST)) ? { from: begin, to: end } : undefined;
}

export function isBefore(one: Instant, other: Instant): boolean {
  return Temporal.Instant.compare(one, other) < 0;
}

export function laterOf(one: Instant, other: Instant): Instant {
  return isBefore(one, other) ? other : one;
}

/** Two instants that differ only below a microsecond would make an empty range in the database. */
function toMicroseconds(instant: Instant): Instant {
  return instant.round({ smallestUnit: 'microsecond', roundingMode: 'trunc' });
}
