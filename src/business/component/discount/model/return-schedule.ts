import { addMonths, type DayNumber } from '../../../../kernel/day-number';
import { splitByLargestRemainder } from '../../../../kernel/split';
import type { DepositReturn } from './definition';

export interface ReturnPart {
  readonly day: DayNumber;
  readonly amountMinor: bigint;
}

/**
 * When a deposit comes back, and how much of it 预存返还: the parts sum to the total, the earlier ones larger by a fen where it does not
 * divide. Each month on the day on which it was paid, or the last of a shorter month.
 */
export function returnSchedule({ afterMonths, months, totalMinor }: DepositReturn, paidOn: DayNumber): ReturnPart[] {
  if (!(months > 0)) throw new RangeError('a deposit that never comes back');
  const parts = splitByLargestRemainder(
    totalMinor,
    Array.from({ length: months }, () => 1n),
  );
  return parts.map((amountMinor, month) => ({ day: addMonths(paidOn, afterMonths + month), amountMinor }));
}
