import { isWithinAuthority } from './authority';

const ORDER = 20_000n;
const given = (amountMinor: bigint) => ({ amountMinor, ofMinor: ORDER });

describe('authority', () => {
  it('holds to the fen in amount and in part, and both must hold', () => {
    const limits = [{ amountMinor: 3_000n, basisPoints: 1_000 }];
    expect([2_000n, 2_001n].map((amount) => isWithinAuthority(limits, given(amount)))).toEqual([true, false]);
    const byAmount = [{ amountMinor: 1_500n, basisPoints: 1_000 }];
    expect([1_500n, 1_501n].map((amount) => isWithinAuthority(byAmount, given(amount)))).toEqual([true, false]);
  });

  it('is that of any one role, never of several together', () => {
    const limits = [
      { amountMinor: 1_000n, basisPoints: null },
      { amountMinor: null, basisPoints: 500 },
      { amountMinor: 900n, basisPoints: null },
    ];
    expect([1_000n, 1_001n].map((amount) => isWithinAuthority(limits, given(amount)))).toEqual([true, false]);
  });

  it('is without end where no part has a limit, and nothing where no role has any', () => {
    expect(isWithinAuthority([{ amountMinor: null, basisPoints: null }], given(ORDER))).toBe(true);
    expect([0n, 1n].map((amount) => isWithinAuthority([], given(amount)))).toEqual([true, false]);
    expect(isWithinAuthority([{ amountMinor: 0n, basisPoints: null }], given(1n))).toBe(false);
    expect(isWithinAuthority([{ amountMinor: null, basisPoints: 10_000 }], { amountMinor: 1n, ofMinor: 0n })).toBe(false);
  });
});
