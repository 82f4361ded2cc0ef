import { boundaryFrom, type Cycles } from '../../../../kernel/cycle';
import { daysIn, overlapOf, type DayNumber, type DaySpan } from '../../../../kernel/day-number';
import { periodAt, periodIndexAt } from '../../../../kernel/recurrence';
import { chargedSpans, phaseNumberAt } from './daily-charge';
import type { RecurringPrice } from './definition';
import type { InstanceTimeline } from './instance-timeline';
import { prorate, type RecurringPiece } from './prorate';
import { firstChargedDay, periodRowsOf, type PeriodRow } from './recurring-periods';

/** What an operator may decide about recurring charges (domain.md §5.2, §5.3). */
export interface RecurringParameters {
  readonly terminationDay: 'FREE' | 'CHARGED';
  /** When a first partial piece that is charged in advance is billed. */
  readonly firstPartialPiece: 'NEXT_BILL' | 'AT_ACTIVATION';
  /** When what a change within a period brings is billed. */
  readonly changes: 'NEXT_BILL' | 'AT_ONCE';
  /** Whether a first period that is charged in part is one of the N periods of the first phase, or comes before them. */
  readonly partialFirstPeriod: 'COUNTS' | 'COMES_BEFORE';
}

export const RECURRING_PARAMETERS: RecurringParameters = {
  terminationDay: 'FREE',
  firstPartialPiece: 'NEXT_BILL',
  changes: 'NEXT_BILL',
  partialFirstPeriod: 'COUNTS',
};

export interface RecurringCharge {
  readonly price: RecurringPrice;
  readonly instance: InstanceTimeline;
  readonly cycles: Cycles;
  /** Only what falls into these days is returned: where days are counted the days, else the pieces that begin on them. */
  readonly span: DaySpan;
  readonly parameters: RecurringParameters;
}

const SPAN_DAYS_MAX = 40_000;

/** The list charges of one recurring price for one instance (domain.md §5.2, §5.3), before discounts and tax. */
export function chargeRecurring(charge: RecurringCharge): RecurringPiece[] {
  const { price, instance, cycles, span, parameters } = charge;
  if (daysIn(span) > SPAN_DAYS_MAX) throw new RangeError(`charges of more than ${SPAN_DAYS_MAX} days at once`);
  const firstDay = firstChargedDay(price, instance.start);
  const charged = { from: firstDay, to: endOfCharges(charge) };
  const succeeded = instance.end?.by === 'SUCCESSION' ? instance.end.day : null;
  const rows = periodRowsOf(price, firstDay, cycles);
  const pieces: RecurringPiece[] = [];
  for (const row of rows) {
    const { recurrence } = row;
    const within = overlapOf(overlapOf(row, charged), span);
    let index = within.to > within.from ? periodIndexAt(recurrence, within.from) : 0;
    for (let begin = within.from; begin < within.to; index += 1) {
      const period = periodAt(recurrence, index);
      const covered = overlapOf(period, row);
      const live = overlapOf(covered, charged);
      const phase = phaseNumberAt(price.phases, periodInPhases(row, index, firstDay, parameters));
      const spans = chargedSpans({ price, instance, rows }, live, phase);
      const billedOn = (from: DayNumber): DayNumber => billOf(charge, firstDay, covered, live, from);
      pieces.push(...prorate(price, { period, recurrence, covered, spans, succeeded, wanted: span, billedOn }));
      begin = period.to;
    }
  }
  return pieces;
}

export function totalOf(pieces: readonly { readonly amountMinor: bigint }[]): bigint {
  return pieces.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}

function endOfCharges({ instance: { start, end }, parameters }: RecurringCharge): DayNumber {
  if (end === null) return Number.POSITIVE_INFINITY;
  // Opening and closing on one day is 0 days, also where the day of termination is charged.
  return end.by === 'TERMINATION' && parameters.terminationDay === 'CHARGED' && end.day > start ? end.day + 1 : end.day;
}

function periodInPhases(
  { recurrence }: PeriodRow,
  index: number,
  firstDay: DayNumber,
  { partialFirstPeriod }: RecurringParameters,
): number {
  return partialFirstPeriod === 'COMES_BEFORE' && periodAt(recurrence, 0).from < firstDay ? Math.max(0, index - 1) : index;
}

/**
 * The bill at T holds arrears of what ends at T and advance of what begins at T. What begins, or ends, within a cycle joins the
 * next bill, unless the operator settles it at once.
 * @param from the first of the days that are charged alike
 */
function billOf(
  { price, instance, cycles, parameters }: RecurringCharge,
  firstDay: DayNumber,
  covered: DaySpan,
  live: DaySpan,
  from: DayNumber,
): DayNumber {
  if (price.timing === 'ARREARS') {
    const ended = instance.end !== null && live.to < covered.to;
    return ended && parameters.changes === 'AT_ONCE' ? live.to : boundaryFrom(cycles, live.to);
  }
  const atOnce =
    from === firstDay ? parameters.firstPartialPiece === 'AT_ACTIVATION' : from > covered.from && parameters.changes === 'AT_ONCE';
  return atOnce ? from : boundaryFrom(cycles, from);
}
