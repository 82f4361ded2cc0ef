import type { Bilingual } from '../../../../kernel/result';
import type { Eligibility } from '../../product';

/** What a version of a discount 优惠 says (domain.md §5.4). Amounts are in minor units of the operator's currency. */

export type DiscountEffect =
  /** Of the amount that remains, or of the list price where it says so. */
  | { readonly kind: 'PERCENTAGE'; readonly basisPoints: number; readonly of: 'REMAINING' | 'LIST' }
  /** A fixed amount each period; prorated over the eligible days of recurring charges unless it says not. */
  | { readonly kind: 'AMOUNT'; readonly amountMinor: bigint; readonly prorated: boolean }
  /** Another price instead of the one named. */
  | { readonly kind: 'PRICE_OVERRIDE'; readonly priceCode: string; readonly amountMinor: bigint }
  /** Units of usage for nothing each period; consumed where usage is rated. */
  | {
      readonly kind: 'FREE_UNITS';
      readonly usageKinds: readonly string[];
      readonly unit: 'SECOND' | 'BYTE' | 'MESSAGE';
      readonly amount: bigint;
    }
  /** The whole of what it applies to. */
  | { readonly kind: 'WAIVER' }
  /** A deposit that comes back over months into a restricted balance book 预存返还. */
  | { readonly kind: 'DEPOSIT_RETURN'; readonly depositMinor: bigint; readonly returns: DepositReturn }
  /** When the bill's spend reaches the threshold. */
  | { readonly kind: 'THRESHOLD'; readonly spendMinor: bigint; readonly reduction: ThresholdReduction };

export interface DepositReturn {
  readonly afterMonths: number;
  readonly months: number;
  /** The parts over the months sum to this: the deposit, or more with a gift. */
  readonly totalMinor: bigint;
  /** The kind of balance book that it comes back into. */
  readonly book: string;
  /** What the book may pay; everything where not said. */
  readonly chargeCodes?: readonly string[];
}

export type ThresholdReduction =
  { readonly kind: 'PERCENTAGE'; readonly basisPoints: number } | { readonly kind: 'AMOUNT'; readonly amountMinor: bigint };

/** The order in which discounts act. */
export const DISCOUNT_LEVELS = ['SUBSCRIBER', 'BUNDLE', 'ACCOUNT', 'BILL'] as const;
export type DiscountLevel = (typeof DISCOUNT_LEVELS)[number];

export interface DiscountDefinition {
  readonly name: Bilingual;
  readonly effect: DiscountEffect;
  readonly level: DiscountLevel;
  /** What it acts on; recurring and usage charges that are discountable, where nothing is said. */
  readonly appliesTo: { readonly chargeCodes?: readonly string[]; readonly products?: readonly string[]; readonly oneTime?: boolean };
  /** How long it lasts from its grant: so many billing periods, and no more than so much money. */
  readonly lasts: { readonly periods: number | null; readonly amountMinor: bigint | null };
  /** Smaller acts first. */
  readonly priority: number;
  /** Of one group only the largest reduction counts. */
  readonly exclusionGroup: string | null;
  /** No more than this a period. */
  readonly capMinor: bigint | null;
  readonly eligibility: Eligibility;
}
