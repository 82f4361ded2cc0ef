import { partsOfPayment, type PaymentParts } from './payment-parts';

const deposit = (chargeCode: string, amountMinor: bigint) => ({ chargeCode, subscriberId: null, amountMinor });
const DUE: PaymentParts = { feeMinor: 3_000n, deposits: [deposit('A', 10_000n), deposit('B', 500n)] };

describe('what a payment is for', () => {
  it.each([
    ['all of it', 0n, 13_500n, 3_000n, [deposit('A', 10_000n), deposit('B', 500n)]],
    ['a part of the fees', 0n, 1n, 1n, []],
    ['the rest of the fees and a part of a deposit', 2_999n, 101n, 1n, [deposit('A', 100n)]],
    ['the end of one deposit and the whole of the next', 12_999n, 501n, 0n, [deposit('A', 1n), deposit('B', 500n)]],
  ])('%s', (_what, before, amount, feeMinor, deposits) => {
    expect(partsOfPayment(DUE, before, amount)).toEqual({ feeMinor, deposits });
  });

  it('sums to the payment, wherever it is cut', () => {
    for (let before = 0n; before < 13_500n; before += 700n) {
      const amount = 13_500n - before < 450n ? 13_500n - before : 450n;
      const { feeMinor, deposits } = partsOfPayment(DUE, before, amount);
      expect(deposits.reduce((sum, part) => sum + part.amountMinor, feeMinor)).toBe(amount);
    }
  });
});
