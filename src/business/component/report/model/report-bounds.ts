import { Temporal } from 'temporal-polyfill';
import type { LocalDate } from '../../../../kernel/calendar';
import { Failure } from '../../../../kernel/failure';

/** Days or months of one report: over three years of days, a century of months. */
export const PERIODS_MAX = 1_200;

/** Rows of one report. */
export const ROWS_MAX = 5_000;

/** Numbers of one trend: series × periods. */
export const TREND_FIGURES_MAX = 100_000;

/** How many levels of the organisation tree a report goes into. */
export const DEPTH_MAX = 16;

/** Years outside are slips of the keyboard. */
const YEAR_MIN = 1900;
const YEAR_MAX = 2999;

interface Span {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly by: 'DAY' | 'MONTH';
}

/**
 * How many periods the span has.
 * @throws Failure BAD_USER_INPUT when it is empty, too long, or not of this age
 */
export function checkSpan({ from, to, by }: Span): number {
  if (Temporal.PlainDate.compare(from, to) >= 0) throw badInput('to must lie after from: it is the first day that is not counted.', 'to');
  if (from.year < YEAR_MIN || to.year > YEAR_MAX)
    throw badInput(`from and to must lie between the years ${YEAR_MIN} and ${YEAR_MAX}.`, 'from');
  const last = to.subtract({ days: 1 });
  const periods = by === 'DAY' ? from.until(to, { largestUnit: 'days' }).days : (last.year - from.year) * 12 + last.month - from.month + 1;
  if (periods > PERIODS_MAX) throw badInput(`A report has at most ${PERIODS_MAX} periods; this would have ${periods}.`, 'to');
  return periods;
}

/** @throws Failure BAD_USER_INPUT */
export function checkDepth(depth: number): void {
  if (!Number.isInteger(depth) || depth < 0 || depth > DEPTH_MAX) throw badInput(`depth must lie between 0 and ${DEPTH_MAX}.`, 'depth');
}

/** What was asked for at most `max` rows has more: better no answer than half of one. */
export function checkRows<Row>(rows: readonly Row[], max: number): readonly Row[] {
  if (rows.length <= max) return rows;
  const message = `The report would have more than ${max} rows: ask for fewer periods, a smaller depth, or a part of the organisation.`;
  throw new Failure('QUERY_TOO_COMPLEX', message, { limit: 'rows', max });
}

export function badInput(message: string, field: string): Failure {
  return new Failure('BAD_USER_INPUT', message, { field });
}
