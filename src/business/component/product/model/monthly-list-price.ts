import { daysOf, monthsOf, type PeriodLength } from '../../../../kernel/day-number';
import { roundHalfAwayFromZero } from '../../../../kernel/money';
import type { ProductDefinition } from './definition';

/** Days of a mean month of the Gregorian calendar: 365.2425 / 12. */
const [DAYS, OF_MONTHS] = [3_652_425n, 120_000n] as const;

/**
 * What a product costs a month by its list, once its first phases are over: to compare catalogues with one another, not to charge.
 * Days and weeks are parts of a mean month; each price is rounded once.
 */
export function monthlyListPrice({ prices }: Pick<ProductDefinition, 'prices'>, quantity: number): bigint {
  return prices.reduce((sum, price) => {
    const last = price.kind === 'RECURRING' ? price.phases.at(-1) : undefined;
    if (price.kind !== 'RECURRING' || last === undefined) return sum;
    return sum + aMonth(last.amountMinor * BigInt(quantity), price.period);
  }, 0n);
}

function aMonth(amountMinor: bigint, period: PeriodLength): bigint {
  const months = monthsOf(period);
  return months === null
    ? roundHalfAwayFromZero(amountMinor * DAYS, OF_MONTHS * BigInt(daysOf(period)))
    : roundHalfAwayFromZero(amountMinor, BigInt(months));
}
