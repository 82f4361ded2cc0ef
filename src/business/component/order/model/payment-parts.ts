import type { Id } from '../../../../kernel/id';
import { atLeastZero, grossOf, type QuoteLine } from './quote-line';

/** A deposit 押金 that an order asks for. */
export interface DepositPart {
  readonly chargeCode: string | null;
  readonly subscriberId: Id<'subscriber'> | null;
  readonly amountMinor: bigint;
}

/** What a payment of an order is for: fees first, then deposits in the order of the quotation. */
export interface PaymentParts {
  readonly feeMinor: bigint;
  readonly deposits: readonly DepositPart[];
}

/** What an order asks for at once: its fees with their tax, and each deposit. */
export function partsOfDue(lines: readonly QuoteLine[], subscriberOf: (itemNo: number) => Id<'subscriber'> | null): PaymentParts {
  const due = lines.filter(({ dueNow, kind }) => dueNow && kind !== 'TAX');
  const fees = due.filter(({ kind }) => kind !== 'DEPOSIT');
  return {
    feeMinor: atLeastZero(fees.reduce((sum, line) => sum + grossOf(line), 0n)),
    deposits: due
      .filter(({ kind }) => kind === 'DEPOSIT')
      .map(({ chargeCode, itemNo, amountMinor }) => ({ chargeCode, subscriberId: subscriberOf(itemNo), amountMinor })),
  };
}

/** What one payment is for, when so much was paid before it. */
export function partsOfPayment({ feeMinor, deposits }: PaymentParts, paidBefore: bigint, amount: bigint): PaymentParts {
  const end = paidBefore + amount;
  const within = (from: bigint, to: bigint): bigint => {
    const begin = from > paidBefore ? from : paidBefore;
    const stop = to < end ? to : end;
    return stop > begin ? stop - begin : 0n;
  };
  let from = feeMinor;
  const parts = deposits.map((deposit) => {
    const part = { ...deposit, amountMinor: within(from, from + deposit.amountMinor) };
    from += deposit.amountMinor;
    return part;
  });
  return { feeMinor: within(0n, feeMinor), deposits: parts.filter(({ amountMinor }) => amountMinor > 0n) };
}
