import * as fc from 'fast-check';
import { minorUnitsOf, pieceOf, roundHalfAwayFromZero } from './money';

describe('the rounding of money', () => {
  it.each([
    [5n, 10n, 1n],
    [-5n, 10n, -1n],
    [4n, 10n, 0n],
    [-4n, 10n, 0n],
    [15n, 10n, 2n],
    [25n, 10n, 3n],
    [-25n, 10n, -3n],
    [1n, 3n, 0n],
    [2n, 3n, 1n],
    [0n, 7n, 0n],
    [7n, 1n, 7n],
    [3n, 2n, 2n],
    [9_007_199_254_740_993n * 2n + 1n, 2n, 9_007_199_254_740_994n],
  ])('%d / %d is %d', (numerator, denominator, rounded) => {
    expect(roundHalfAwayFromZero(numerator, denominator)).toBe(rounded);
  });

  it.each([
    [4_999n, 0n],
    [5_000n, 1n],
    [-5_000n, -1n],
    [14_999n, 1n],
    [120_000n, 12n],
  ])('%d micro-units are %d minor units', (micro, minor) => {
    expect(minorUnitsOf(micro)).toBe(minor);
  });

  it('not of a fraction without a denominator', () => {
    expect(() => roundHalfAwayFromZero(1n, 0n)).toThrow(RangeError);
    expect(() => roundHalfAwayFromZero(1n, -1n)).toThrow(RangeError);
  });
});

describe('pieces of an amount', () => {
  it.each([
    // 30.00 × 20/31, the example of domain.md §5.2
    [3000n, 0, 20, 31, 1935n],
    [3000n, 20, 11, 31, 1065n],
    [-3000n, 0, 20, 31, -1935n],
    [3000n, 0, 0, 31, 0n],
    [3000n, 0, 31, 31, 3000n],
  ])('of %d from %i on %i of %i: %d', (whole, before, counted, parts, expected) => {
    expect(pieceOf(whole, before, counted, parts)).toBe(expected);
  });

  it('sum to the whole wherever it is cut', () => {
    const cuts = fc.array(fc.integer({ min: 0, max: 366 }), { maxLength: 10 });
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), cuts, (whole, places) => {
        const bounds = [0, ...places.sort((one, other) => one - other), 366];
        const pieces = bounds.slice(1).map((to, place) => pieceOf(whole, bounds[place] as number, to - (bounds[place] as number), 366));
        expect(pieces.reduce((sum, piece) => sum + piece, 0n)).toBe(whole);
      }),
    );
  });
});
