/** What was billed for a charge and a service period, and what it should have been (domain.md §5.3). */
export interface BilledCharge {
  /** By bills: the original item and the corrections that later bills made. */
  readonly billedMinor: bigint;
  /** The charge as it is reckoned today, of the used part alone where it ended, by its original price version and tax rate. */
  readonly idealMinor: bigint;
  /** How much nearer to zero manual adjustments, notes and waivers brought it. They are not part of the ideal; no run undoes them. */
  readonly takenOffMinor: bigint;
}

export interface Correction {
  /** What the next open bill says: below zero a credit, above zero a charge. */
  readonly amountMinor: bigint;
  /** What it would say, had nothing been taken off. */
  readonly uncappedMinor: bigint;
}

/**
 * Corrects a final bill on the next open one: the credit of an advance charge is what was billed less the ideal of the used
 * part, and never more than remains of the item. An item below zero is corrected alike, with the signs turned.
 */
export function correctBilled({ billedMinor, idealMinor, takenOffMinor }: BilledCharge): Correction {
  const sign = (billedMinor === 0n ? idealMinor : billedMinor) < 0n ? -1n : 1n;
  const uncappedMinor = idealMinor - billedMinor;
  const left = billedMinor * sign - takenOffMinor;
  const remaining = left > 0n ? left : 0n;
  const difference = uncappedMinor * sign;
  return { amountMinor: (difference < -remaining ? -remaining : difference) * sign, uncappedMinor };
}
