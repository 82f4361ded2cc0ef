import type { PeriodLength, RecurringPrice } from './definition';
import { monthlyListPrice } from './monthly-list-price';

function fee(period: PeriodLength, ...amounts: readonly bigint[]): RecurringPrice {
  const phases = amounts.map((amountMinor, place) => ({ periods: place === amounts.length - 1 ? null : 3, amountMinor }));
  return {
    kind: 'RECURRING', code: 'FEE', name: { zh: '月租费', en: 'Monthly fee' }, chargeCode: 'FEE', taxIncluded: true, timing: 'ADVANCE', period,
    alignment: 'ANNIVERSARY', proration: 'BY_DAY', phases, trial: null, suspension: {},
  }; // prettier-ignore
}

const month = (count: number): PeriodLength => ({ unit: 'MONTH', count });

describe('the monthly list price', () => {
  it.each([
    ['a month', [fee(month(1), 2_000n)], 1, 2_000n],
    ['of several', [fee(month(1), 500n)], 3, 1_500n],
    ['the last phase', [fee(month(1), 5_900n, 8_900n)], 1, 8_900n],
    ['a quarter, rounded once', [fee(month(3), 100n)], 2, 67n],
    ['a year', [fee({ unit: 'YEAR', count: 1 }, 118_800n)], 1, 9_900n],
    ['a day', [fee({ unit: 'DAY', count: 1 }, 100n)], 1, 3_044n],
    ['a fortnight', [fee({ unit: 'WEEK', count: 2 }, 1_400n)], 1, 3_044n],
    ['two prices', [fee(month(1), 2_000n), fee(month(1), 600n)], 1, 2_600n],
    ['nothing that recurs', [], 4, 0n],
  ] as const)('%s', (_what, prices, quantity, expected) => {
    expect(monthlyListPrice({ prices }, quantity)).toBe(expected);
  });
});
