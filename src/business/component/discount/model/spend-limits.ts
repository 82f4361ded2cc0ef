import { splitByLargestRemainder } from '../../../../kernel/split';

/** What a bill comes to at most and at least, before tax; null: no such bound. */
export interface SpendLimits {
  /** 封顶 */
  readonly capMinor: bigint | null;
  /** 保底消费 */
  readonly minimumMinor: bigint | null;
}

export interface LimitedSpend {
  /** What the cap takes off each, in the order of the amounts. */
  readonly reductions: readonly bigint[];
  /** What is charged on top, for the minimum to be reached. */
  readonly shortfallMinor: bigint;
}

/**
 * After discounts come caps, then the minimum spend, then tax (domain.md §5.4). What is above a cap is taken off the charges above
 * zero in proportion, by largest remainder. A minimum above the cap is charged all the same: it is the later rule.
 */
export function limitSpend(amounts: readonly bigint[], { capMinor, minimumMinor }: SpendLimits): LimitedSpend {
  const spend = amounts.reduce((sum, amount) => sum + amount, 0n);
  const above = amounts.map((amount) => (amount > 0n ? amount : 0n));
  const most = above.reduce((sum, amount) => sum + amount, 0n);
  const excess = capMinor !== null && spend > capMinor ? spend - capMinor : 0n;
  const taken = excess < most ? excess : most;
  const reductions = taken === 0n ? amounts.map(() => 0n) : splitByLargestRemainder(taken, above);
  const capped = spend - taken;
  const shortfallMinor = minimumMinor !== null && capped < minimumMinor ? minimumMinor - capped : 0n;
  return { reductions, shortfallMinor };
}
