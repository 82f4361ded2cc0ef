import type { LocalDate } from '../../../kernel/calendar';

export const REPORT_UNITS = ['DAY', 'MONTH'] as const;
export type ReportUnit = (typeof REPORT_UNITS)[number];

/** The days `[from, to)` of a report, in the operator's time zone, by day or by calendar month. */
export interface ReportSpan {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly by: ReportUnit;
}

/** The word by which PostgreSQL truncates to the beginning of a period. */
export function fieldOf(unit: ReportUnit): 'day' | 'month' {
  return unit === 'DAY' ? 'day' : 'month';
}
