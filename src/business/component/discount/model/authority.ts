import type { AuthorityKind } from '../../../../data/operation/discount/discount-authority';

/** How much may be given away on one order. A part that is null has no limit of its own; both parts must hold. */
export interface AuthorityLimit {
  readonly amountMinor: bigint | null;
  /** Of the order's one-time and first-period charges. */
  readonly basisPoints: number | null;
}

/** By kind the limits of each role that gives any: one of them that allows it is enough. None: nothing without approval. */
export type Authority = Readonly<Record<AuthorityKind, readonly AuthorityLimit[]>>;

/** What is given away on an order, and the charges that it is a part of. */
export interface GivenAway {
  readonly amountMinor: bigint;
  readonly ofMinor: bigint;
}

/** Whether an authority covers what is given away; beyond it an order waits for approval. Nothing is always covered. */
export function isWithinAuthority(limits: readonly AuthorityLimit[], { amountMinor, ofMinor }: GivenAway): boolean {
  return (
    amountMinor <= 0n ||
    limits.some(
      (limit) =>
        (limit.amountMinor === null || amountMinor <= limit.amountMinor) &&
        (limit.basisPoints === null || amountMinor * 10_000n <= ofMinor * BigInt(limit.basisPoints)),
    )
  );
}
