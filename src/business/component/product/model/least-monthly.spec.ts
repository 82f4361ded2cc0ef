import type { PeriodLength, PricePhase, RecurringPrice } from './definition';
import { leastMonthlyOf } from './least-monthly';

const price = (phases: readonly PricePhase[], period: PeriodLength = { unit: 'MONTH', count: 1 }) =>
  ({ kind: 'RECURRING', period, phases }) as unknown as RecurringPrice;
const at = (amountMinor: bigint, periods: number | null = null): PricePhase => ({ periods, amountMinor });

it('is the sum of the recurring prices, times the quantity', () => {
  expect(leastMonthlyOf({ prices: [price([at(5_900n)]), price([at(1_000n)])] }, 2, 12)).toBe(13_800n);
  expect(leastMonthlyOf({ prices: [] }, 1, 12)).toBe(0n);
  expect(leastMonthlyOf({ prices: [price([at(5_900n)])] }, 2, 12, new Map([[price([]).code, 100n]]))).toBe(200n);
});

it('goes by the cheapest phase that begins within the months', () => {
  const phases = [at(10_000n, 6), at(3_000n, 6), at(1_000n)];
  expect([6, 7, 12, 13].map((months) => leastMonthlyOf({ prices: [price(phases)] }, 1, months))).toEqual([10_000n, 3_000n, 3_000n, 1_000n]);
});

it('spreads longer periods over their months, and days over thirty', () => {
  expect(leastMonthlyOf({ prices: [price([at(10_000n)], { unit: 'YEAR', count: 1 })] }, 1, 12)).toBe(833n);
  expect(leastMonthlyOf({ prices: [price([at(1_000n)], { unit: 'DAY', count: 10 })] }, 1, 12)).toBe(3_000n);
  expect(leastMonthlyOf({ prices: [price([at(700n)], { unit: 'WEEK', count: 1 })] }, 1, 12)).toBe(3_000n);
});
