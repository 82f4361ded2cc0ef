import { cycleAt, type Cycles } from '../../../../kernel/cycle';
import type { DayNumber, DaySpan } from '../../../../kernel/day-number';

const PERIODS_MAX = 1200;

/** What an operator may decide about how long discounts last. */
export interface DiscountSpanParameters {
  /** Whether a billing period within which a discount begins is one of its N periods, or comes before them. */
  readonly partialFirstPeriod: 'COUNTS' | 'COMES_BEFORE';
}

/**
 * The days on which a discount of N billing periods is valid, from its first day on; it ends by itself with the last of them.
 * @param pausedPeriods how many more, where an operator does not let discounts run on while a subscriber is stopped
 */
export function discountSpan(
  from: DayNumber,
  periods: number | null,
  cycles: Cycles,
  { partialFirstPeriod }: DiscountSpanParameters,
  pausedPeriods = 0,
): DaySpan {
  if (periods === null) return { from, to: Number.POSITIVE_INFINITY };
  const first = cycleAt(cycles, from);
  const before = partialFirstPeriod === 'COMES_BEFORE' && first.from < from ? 1 : 0;
  const count = periods + pausedPeriods + before;
  if (!(Number.isInteger(count) && count >= 0 && count <= PERIODS_MAX)) throw new RangeError(`a discount of ${count} periods`);
  let to = from;
  for (let period = 0; period < count; period += 1) to = cycleAt(cycles, to).to;
  return { from, to };
}
