import {
  dayInMonth,
  days30Between,
  daysIn,
  monthOf,
  monthsOf,
  overlapOf,
  type DayNumber,
  type DaySpan,
} from '../../../../kernel/day-number';
import { pieceOf } from '../../../../kernel/money';
import type { Recurrence } from '../../../../kernel/recurrence';
import type { ChargedSpan, DailyCharge } from './daily-charge';
import type { RecurringPrice } from './definition';

/**
 * One piece of a recurring charge, with all that it takes to reckon it again by hand:
 * `wholeMinor` = `unitMinor` × `quantity`, and
 * `amountMinor` = round(`wholeMinor` × (`countedBefore` + `counted`) / `countedOf`) − round(`wholeMinor` × `countedBefore` / `countedOf`).
 */
export interface RecurringPiece extends DaySpan, DailyCharge {
  readonly days: number;
  /** The full natural period. */
  readonly period: DaySpan;
  readonly wholeMinor: bigint;
  readonly measure: 'DAYS' | 'DAYS_30' | 'HALVES' | 'PERIODS';
  readonly countedBefore: number;
  readonly counted: number;
  readonly countedOf: number;
  readonly amountMinor: bigint;
  /** The billing day on whose bill it stands; the day itself where it is billed at once. */
  readonly billedOn: DayNumber;
}

/** One period of a price, as far as one billing day reckons it. */
export interface PeriodCharge {
  readonly period: DaySpan;
  readonly recurrence: Recurrence;
  /** The part of the period that is reckoned by this billing day: all of it, but where the billing day changes. */
  readonly covered: DaySpan;
  /** What is charged on its days. */
  readonly spans: readonly ChargedSpan[];
  /** From this day on another product or party is charged for it. */
  readonly succeeded: DayNumber | null;
  /** Only what falls into these days is wanted. */
  readonly wanted: DaySpan;
  readonly billedOn: (begin: DayNumber) => DayNumber;
}

/**
 * The pieces of one period (domain.md §5.2). A period that a change of the billing day cuts short is charged by day, whatever
 * the proration: the customer had all of it, and its other days are in another period already.
 */
export function prorate(price: RecurringPrice, charged: PeriodCharge): RecurringPiece[] {
  const { period, covered, spans, recurrence } = charged;
  if (spans.length === 0) return [];
  const cutShort = daysIn(covered) < daysIn(period);
  // Days and weeks have no months to be made of 30 days, nor halves of any.
  const byMonths = monthsOf(price.period) !== null && recurrence.kind === 'MONTHS';
  switch (cutShort ? 'BY_DAY' : price.proration) {
    case 'BY_DAY':
      return byDay(charged, 'DAYS');
    case 'BY_DAY_30':
      return byDay(charged, byMonths ? 'DAYS_30' : 'DAYS');
    case 'HALF_MONTH':
      return byMonths ? byHalfMonth(charged, recurrence) : byDay(charged, 'DAYS');
    case 'FULL':
      return inFull(charged);
    case 'NONE':
      return daysCharged(spans) === daysIn(period) ? inFull(charged) : [];
    default:
      throw new RangeError(`no such proration: ${String(price.proration)}`);
  }
}

/** Each piece goes on counting where the last one at its price stopped, so that the pieces of a period sum to its price. */
function byDay(charged: PeriodCharge, measure: 'DAYS' | 'DAYS_30'): RecurringPiece[] {
  const { period, spans, wanted } = charged;
  const count = measure === 'DAYS' ? (from: DayNumber, to: DayNumber): number => to - from : days30Between;
  const countedOf = count(period.from, period.to);
  const countedAt: { readonly wholeMinor: bigint; count: number }[] = [];
  const pieces: RecurringPiece[] = [];
  for (const { from, to, charge } of spans) {
    const wholeMinor = wholeOf(charge);
    let atPrice = countedAt.find((one) => one.wholeMinor === wholeMinor);
    if (atPrice === undefined) countedAt.push((atPrice = { wholeMinor, count: 0 }));
    const part = overlapOf({ from, to }, wanted);
    if (part.to > part.from) {
      const countedBefore = atPrice.count + count(from, part.from);
      pieces.push(pieceFor(charged, charge, part, { measure, countedBefore, counted: count(part.from, part.to), countedOf }, from));
    }
    atPrice.count += count(from, to);
  }
  return pieces;
}

/** Half of a month, touched by a day, owes half; the last price of the half counts. A period of n months has 2n halves. */
function byHalfMonth(charged: PeriodCharge, recurrence: Extract<Recurrence, { kind: 'MONTHS' }>): RecurringPiece[] {
  const { period, spans } = charged;
  const countedOf = 2 * recurrence.months;
  const counted: bigint[] = [];
  const pieces: RecurringPiece[] = [];
  for (let half = 0; half < countedOf; half += 1) {
    const bounds = boundsOfHalf(period, recurrence, half);
    const inside = spansWithin(spans, bounds);
    if (inside.length === 0 || isTakenOver(charged, bounds)) continue;
    const charge = lastOrdinary(inside);
    const wholeMinor = wholeOf(charge);
    const countedBefore = counted.filter((one) => one === wholeMinor).length;
    counted.push(wholeMinor);
    const touched = extentOf(inside);
    if (startsWithin(touched, charged.wanted)) {
      pieces.push(pieceFor(charged, charge, touched, { measure: 'HALVES', countedBefore, counted: 1, countedOf }));
    }
  }
  return pieces;
}

/** Of each month the first half is its days 1 to 15. */
function boundsOfHalf(period: DaySpan, { dayOfMonth }: Extract<Recurrence, { kind: 'MONTHS' }>, half: number): DaySpan {
  const month = monthOf(period.from) + (half >> 1);
  const begin = dayInMonth(month, dayOfMonth);
  return half % 2 === 0 ? { from: begin, to: begin + 15 } : { from: begin + 15, to: dayInMonth(month + 1, dayOfMonth) };
}

/** Any day owes all; the last price counts, and after a change of product only the last product. */
function inFull(charged: PeriodCharge): RecurringPiece[] {
  const touched = extentOf(charged.spans);
  if (!startsWithin(touched, charged.wanted) || isTakenOver(charged, charged.period)) return [];
  const counts = { measure: 'PERIODS', countedBefore: 0, counted: 1, countedOf: 1 } as const;
  return [pieceFor(charged, lastOrdinary(charged.spans), touched, counts)];
}

/** Whether another instance, which owes these days too, took over within them. */
function isTakenOver({ succeeded }: PeriodCharge, { from, to }: DaySpan): boolean {
  return succeeded !== null && succeeded > from && succeeded < to;
}

/** A stop does not make what is owed in full cheaper, unless it lasted throughout. */
function lastOrdinary(spans: readonly ChargedSpan[]): DailyCharge {
  const last = spans.findLast(({ charge }) => charge.source !== 'SUSPENSION') ?? spans[spans.length - 1];
  return (last as ChargedSpan).charge;
}

function spansWithin(spans: readonly ChargedSpan[], bounds: DaySpan): ChargedSpan[] {
  return spans.map((span) => ({ ...span, ...overlapOf(span, bounds) })).filter(({ from, to }) => to > from);
}

function extentOf(spans: readonly ChargedSpan[]): DaySpan {
  return { from: (spans[0] as ChargedSpan).from, to: (spans[spans.length - 1] as ChargedSpan).to };
}

function startsWithin({ from }: DaySpan, wanted: DaySpan): boolean {
  return from >= wanted.from && from < wanted.to;
}

function daysCharged(spans: readonly ChargedSpan[]): number {
  return spans.reduce((days, span) => days + daysIn(span), 0);
}

function wholeOf({ unitMinor, quantity }: DailyCharge): bigint {
  return quantity === 1 ? unitMinor : unitMinor * BigInt(quantity);
}

/** @param begin the first day charged alike, where the piece is only the wanted part of it */
function pieceFor(
  { period, billedOn }: PeriodCharge,
  charge: DailyCharge,
  { from, to }: DaySpan,
  counts: Pick<RecurringPiece, 'measure' | 'countedBefore' | 'counted' | 'countedOf'>,
  begin: DayNumber = from,
): RecurringPiece {
  const wholeMinor = wholeOf(charge);
  return {
    from,
    to,
    days: to - from,
    period,
    unitMinor: charge.unitMinor,
    quantity: charge.quantity,
    source: charge.source,
    phase: charge.phase,
    stopReason: charge.stopReason,
    wholeMinor,
    measure: counts.measure,
    countedBefore: counts.countedBefore,
    counted: counts.counted,
    countedOf: counts.countedOf,
    amountMinor: pieceOf(wholeMinor, counts.countedBefore, counts.counted, counts.countedOf),
    billedOn: billedOn(begin),
  };
}
