import { discountSpan } from '../../component/discount';
import { recurringParameters } from '../../component/product';
import { startOfDay } from '../../../kernel/calendar';
import type { Instant } from '../../../kernel/clock';
import type { Cycles } from '../../../kernel/cycle';
import { dateOf, dayNumberAt, type DayNumber, type DaySpan } from '../../../kernel/day-number';
import type { Accepting } from './order-kind';

/** The days on which a discount of so many billing periods is valid, from its first on. */
export function grantedDays({ operator }: Pick<Accepting, 'operator'>, periods: number | null, from: DayNumber, cycles: Cycles): DaySpan {
  const { partialFirstPeriod } = recurringParameters(operator);
  return discountSpan(from, periods, cycles, { partialFirstPeriod });
}

/** When a discount of so many billing periods ends by itself that begins at an instant; null: it does not. */
export function endOfGrant(accepting: Accepting, periods: number | null, begins: Instant, cycles: Cycles): Instant | null {
  if (periods === null) return null;
  const { timeZone } = accepting;
  const { to } = grantedDays(accepting, periods, dayNumberAt(begins, timeZone), cycles);
  return startOfDay(dateOf(to), timeZone);
}
