import * as fc from 'fast-check';
import { allocateByLargestRemainder, splitByLargestRemainder } from './split';

const cases: [string, bigint, bigint[], bigint[]][] = [
  ['ties go to the earlier part', 100n, [1n, 1n, 1n], [34n, 33n, 33n]],
  ['the largest fraction first', 10n, [1n, 2n, 4n], [1n, 3n, 6n]],
  ['negatives are split by absolute value', -100n, [1n, 1n, 1n], [-34n, -33n, -33n]],
  ['a part without weight gets nothing', 100n, [0n, 1n, 2n], [0n, 33n, 67n]],
  ['where none has weight, all weigh the same', 5n, [0n, 0n, 0n], [2n, 2n, 1n]],
  ['nothing splits into nothing', 0n, [3n, 1n], [0n, 0n]],
  ['one part has all', 7n, [0n], [7n]],
  ['fewer units than parts', 2n, [5n, 5n, 5n, 5n], [1n, 1n, 0n, 0n]],
  ['no parts of nothing', 0n, [], []],
];

describe('splits by largest remainder', () => {
  it.each(cases)('%s: %d by %j', (_, total, weights, parts) => {
    expect(splitByLargestRemainder(total, weights)).toEqual(parts);
  });

  const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 12 });
  const total = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });

  it('sum to the whole, each next to what it is due, and mirror when the sign turns', () => {
    fc.assert(
      fc.property(total, weights, (whole, by) => {
        const parts = splitByLargestRemainder(whole, by);
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(whole);
        const sum = by.reduce((all, weight) => all + weight, 0n);
        if (sum > 0n) {
          parts.forEach((part, place) => {
            const off = part * sum - whole * (by[place] as bigint);
            expect(off < sum && off > -sum).toBe(true);
          });
        }
        expect(splitByLargestRemainder(-whole, by)).toEqual(parts.map((part) => -part));
      }),
    );
  });

  it('dues of both signs: no part passes a whole number that it is due', () => {
    const dues = fc.array(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(dues, fc.bigInt({ min: 1n, max: 20_000n }), fc.boolean(), (due, denominator, up) => {
        const sum = due.reduce((all, one) => all + one, 0n);
        const floor = sum / denominator - (sum < 0n && sum % denominator !== 0n ? 1n : 0n);
        const whole = up && sum % denominator !== 0n ? floor + 1n : floor;
        const parts = allocateByLargestRemainder(whole, due, denominator);
        expect(parts.reduce((all, part) => all + part, 0n)).toBe(whole);
        parts.forEach((part, place) => {
          const off = part * denominator - (due[place] as bigint);
          expect(off < denominator && off > -denominator).toBe(true);
        });
      }),
    );
  });

  it('not by weights below zero, nor what the dues do not sum to', () => {
    expect(() => splitByLargestRemainder(1n, [-1n, 2n])).toThrow(RangeError);
    expect(() => splitByLargestRemainder(1n, [])).toThrow(RangeError);
    expect(() => allocateByLargestRemainder(9n, [1n, 2n], 1n)).toThrow(RangeError);
  });
});
