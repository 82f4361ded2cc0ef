import { daysOf, monthsOf } from '../../../../kernel/day-number';
import type { ProductDefinition, RecurringPrice } from './definition';

const DAYS_A_MONTH = 30;

/**
 * What a product costs a month at least within so many months 月费: the cheapest phase of each recurring price that begins in them, its
 * whole period spread over months (of 30 days, for one counted in days). A trial, what is stopped and what is reduced are left aside.
 * @param agreed what was agreed upon instead of the list 协议价, by price
 */
export function leastMonthlyOf(
  { prices }: Pick<ProductDefinition, 'prices'>,
  quantity: number,
  withinMonths: number,
  agreed: ReadonlyMap<string, bigint> = new Map<string, bigint>(),
): bigint {
  return prices.reduce((sum, price) => {
    if (price.kind !== 'RECURRING') return sum;
    const amountMinor = agreed.get(price.code);
    const phases = amountMinor === undefined ? price.phases : [{ periods: null, amountMinor }];
    return sum + leastOf({ ...price, phases }, quantity, withinMonths);
  }, 0n);
}

function leastOf({ period, phases }: RecurringPrice, quantity: number, withinMonths: number): bigint {
  const months = monthsOf(period);
  const days = daysOf(period);
  let least: bigint | undefined;
  let periods = 0;
  for (const phase of phases) {
    const begins = months === null ? (periods * days) / DAYS_A_MONTH : periods * months;
    if (begins >= withinMonths) break;
    if (least === undefined || phase.amountMinor < least) least = phase.amountMinor;
    periods += phase.periods ?? 0;
  }
  const whole = (least ?? 0n) * BigInt(quantity);
  return months === null ? (whole * BigInt(DAYS_A_MONTH)) / BigInt(days) : whole / BigInt(months);
}
