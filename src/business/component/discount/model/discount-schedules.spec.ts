import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { cyclesOf } from '../../../../kernel/cycle';
import { dateOf, dayNumberOf, type DayNumber } from '../../../../kernel/day-number';
import { discountSpan } from './discount-span';
import { returnSchedule } from './return-schedule';
import { limitSpend } from './spend-limits';

const day = (date: string): DayNumber => dayNumberOf(Temporal.PlainDate.from(date));
const text = (number: DayNumber): string => dateOf(number).toString();

describe('for how long a discount of N billing periods is valid', () => {
  const first = cyclesOf([{ from: day('2020-01-01'), anchorDay: 1 }]);
  const moving = cyclesOf([{ from: day('2020-01-01'), anchorDay: 1 }, { from: day('2026-06-10'), anchorDay: 21 }]); // prettier-ignore
  it.each([
    ['from a billing day: three whole ones', '2026-06-01', 3, first, 'COUNTS', 0, '2026-09-01'],
    ['from within a period, which counts', '2026-06-10', 3, first, 'COUNTS', 0, '2026-09-01'],
    ['or comes before them', '2026-06-10', 3, first, 'COMES_BEFORE', 0, '2026-10-01'],
    ['but not where it is whole', '2026-06-01', 3, first, 'COMES_BEFORE', 0, '2026-09-01'],
    ['longer by what was paused', '2026-06-10', 3, first, 'COUNTS', 2, '2026-11-01'],
    ['a period cut short by a change of the billing day is one', '2026-06-01', 2, moving, 'COUNTS', 0, '2026-07-21'],
    ['none at all', '2026-06-10', 0, first, 'COUNTS', 0, '2026-06-10'],
  ] as const)('%s', (_, from, periods, cycles, partialFirstPeriod, paused, to) => {
    const span = discountSpan(day(from), periods, cycles, { partialFirstPeriod }, paused);
    expect(span.from).toBe(day(from));
    expect(text(span.to)).toBe(to);
  });

  it('without end, where it says nothing', () => {
    expect(discountSpan(0, null, first, { partialFirstPeriod: 'COUNTS' })).toEqual({ from: 0, to: Number.POSITIVE_INFINITY });
  });

  it.each([-1, 1201, 0.5])('not %d periods', (periods) => {
    expect(() => discountSpan(0, periods, first, { partialFirstPeriod: 'COUNTS' })).toThrow(RangeError);
  });
});

describe('a deposit that comes back over months', () => {
  const returns = (afterMonths: number, months: number, totalMinor: bigint) => ({ afterMonths, months, totalMinor, book: 'RETURN' });

  it('1,000.00 in 12 parts from the next month on: 83.34 four times, then 83.33', () => {
    const parts = returnSchedule(returns(1, 12, 100_000n), day('2026-01-31'));
    expect(parts.map(({ amountMinor }) => amountMinor)).toEqual([...Array<bigint>(4).fill(8334n), ...Array<bigint>(8).fill(8333n)]);
    expect(parts.slice(0, 3).map((part) => text(part.day))).toEqual(['2026-02-28', '2026-03-31', '2026-04-30']);
    expect(text((parts[11] as { day: DayNumber }).day)).toBe('2027-01-31');
  });

  it('the parts sum to the whole', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 9n }), fc.integer({ min: 1, max: 60 }), (total, months) => {
        const parts = returnSchedule(returns(0, months, total), 20_000);
        expect(parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)).toBe(total);
      }),
    );
  });

  it('not over no months', () => {
    expect(() => returnSchedule(returns(0, 0, 1n), 0)).toThrow(RangeError);
  });
});

describe('the cap and the minimum of a bill', () => {
  it.each([
    ['between them nothing happens', [3000n, 2000n], 6000n, 1000n, [0n, 0n], 0n],
    ['above the cap: in proportion', [3000n, 2000n], 4000n, null, [600n, 400n], 0n],
    ['by largest remainder', [100n, 100n, 100n], 200n, null, [34n, 33n, 33n], 0n],
    ['credits bear nothing of it', [3000n, -500n, 2000n], 4000n, null, [300n, 0n, 200n], 0n],
    ['below the minimum: the rest is charged', [300n, 200n], null, 1000n, [0n, 0n], 500n],
    ['also of a bill below zero', [-300n], null, 1000n, [0n], 1300n],
    ['the minimum comes after the cap', [3000n], 1000n, 2000n, [2000n], 1000n],
    ['a bill without charges', [], 0n, 100n, [], 100n],
    ['a cap of 0', [100n, 50n], 0n, null, [100n, 50n], 0n],
    ['neither', [100n], null, null, [0n], 0n],
  ])('%s', (_, amounts, capMinor, minimumMinor, reductions, shortfallMinor) => {
    expect(limitSpend(amounts, { capMinor, minimumMinor })).toEqual({ reductions, shortfallMinor });
  });
});
