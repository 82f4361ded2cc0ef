import type { PeriodLength } from '../../../../kernel/day-number';
import type { Bilingual } from '../../../../kernel/result';

export type { PeriodLength };

/**
 * What a version of a product or of a bundle says. It is kept as one JSON document, written once and never changed after its
 * release: a quotation reads it whole, and what was sold can be recomputed from it. Amounts are in minor units of the
 * operator's currency.
 */

/** How a part of a period is charged 按比例计费 (domain.md §5.2). */
export const PRORATIONS = ['BY_DAY', 'BY_DAY_30', 'FULL', 'HALF_MONTH', 'NONE'] as const;
export type Proration = (typeof PRORATIONS)[number];

/** N periods at one price; the last phase has no end. */
export interface PricePhase {
  readonly periods: number | null;
  readonly amountMinor: bigint;
}

/** For how long a replacement holds while a subscriber is stopped: some days, to the end of the period, or all the while. */
export type SuspensionSpan =
  { readonly kind: 'DAYS'; readonly days: number } | { readonly kind: 'PERIOD_END' } | { readonly kind: 'WHOLE' };

/** What a recurring price costs while a stop reason holds. After its span the full price is owed again. */
export type SuspensionCharge =
  | { readonly kind: 'FULL' }
  | { readonly kind: 'NONE'; readonly span: SuspensionSpan }
  | { readonly kind: 'REPLACEMENT'; readonly amountMinor: bigint; readonly span: SuspensionSpan };

/** How far a lower node may change a price for itself, in basis points of each list amount. */
export interface PriceAuthority {
  readonly reductionBasisPoints: number;
  readonly increaseBasisPoints: number;
}

interface PriceOf<Kind extends string> {
  readonly kind: Kind;
  /** Unique within the version; a price that goes on in the next version keeps its code. */
  readonly code: string;
  readonly name: Bilingual;
  /** The charge code 账目项 under which it is billed: ledger accounts, tax category, write-off priority. */
  readonly chargeCode: string;
  readonly taxIncluded: boolean;
  /** Without it no lower node may change the price. */
  readonly authority?: PriceAuthority;
}

export interface OneTimePrice extends PriceOf<'ONE_TIME'> {
  readonly amountMinor: bigint;
}

export interface RecurringPrice extends PriceOf<'RECURRING'> {
  readonly timing: 'ADVANCE' | 'ARREARS';
  readonly period: PeriodLength;
  /** Where periods longer than the billing cycle begin. */
  readonly alignment: 'ANNIVERSARY' | 'CYCLE';
  readonly proration: Proration;
  readonly phases: readonly PricePhase[];
  /** Free at first 试用期, before the first phase. */
  readonly trial: PeriodLength | null;
  /** By stop reason; a reason that is not named owes the full price. */
  readonly suspension: Readonly<Record<string, SuspensionCharge>>;
}

/** Names a tariff 资费; what it costs is decided where usage is rated. */
export interface UsagePrice extends PriceOf<'USAGE'> {
  readonly usageKind: string;
  readonly tariff: string;
}

/** A deposit 押金: a liability, never revenue. */
export interface DepositPrice extends PriceOf<'DEPOSIT'> {
  readonly amountMinor: bigint;
}

export type Price = OneTimePrice | RecurringPrice | UsagePrice | DepositPrice;

/** Who may have it. An absent part says nothing. */
export interface Eligibility {
  readonly customerKinds?: readonly string[];
  readonly grades?: readonly string[];
  /** Codes of organisation nodes: sold at these and below. */
  readonly organisations?: readonly string[];
  /** Whole months since the customer's first subscriber was opened. */
  readonly tenureMonths?: { readonly least?: number; readonly most?: number };
  /** Codes of products that the customer holds: at least one of them. */
  readonly holdsAnyOf?: readonly string[];
  readonly holdsNoneOf?: readonly string[];
}

/** Among the products of one subscriber. */
export interface ProductRules {
  /** At least one of each list is held, or ordered with it. */
  readonly requires: readonly (readonly string[])[];
  readonly excludes: readonly string[];
  /** How many instances a subscriber may hold at a time. */
  readonly atMost: number;
}

/** What it costs to leave a contract early 违约金. */
export type EarlyTermination =
  | { readonly kind: 'FIXED'; readonly amountMinor: bigint }
  | { readonly kind: 'PERCENTAGE_OF_REMAINING'; readonly basisPoints: number }
  /** By the month of the contract in which it ends, the first month first. */
  | { readonly kind: 'BY_MONTH'; readonly amountsMinor: readonly bigint[] };

export interface TermContract {
  readonly months: number;
  readonly earlyTermination: EarlyTermination & { readonly chargeCode: string; readonly taxIncluded: boolean };
  /** What follows the term: nothing is bound any more, the same term again, or the product ends. */
  readonly renewal: 'OPEN' | 'SAME_TERM' | 'END';
}

export interface ProductDefinition {
  readonly prices: readonly Price[];
  readonly rules: ProductRules;
  readonly eligibility: Eligibility;
  readonly term: TermContract | null;
  readonly quantity: { readonly least: number; readonly most: number; readonly standard: number };
}

/** A role in a bundle 成员角色: which products fill it, how many, and its share of the bundle's price. */
export interface BundleMember {
  readonly role: string;
  readonly name: Bilingual;
  /** Codes of products, all of one service type. */
  readonly products: readonly string[];
  readonly least: number;
  readonly most: number;
  readonly standard: number;
  /** Weight in the split of each bundle price; the parts of all members sum to the whole. */
  readonly share: number;
  /** The charge code of the member's part. */
  readonly chargeCode: string;
}

/** Granted once for all members together 共享量; consumed where usage is rated. */
export interface SharedAllowance {
  readonly code: string;
  readonly name: Bilingual;
  readonly unit: 'SECOND' | 'BYTE' | 'MESSAGE' | 'MINOR_UNIT';
  readonly amount: bigint;
  readonly usageKinds: readonly string[];
  /** Roles that may consume it. */
  readonly roles: readonly string[];
  readonly period: PeriodLength;
  /** For how many further periods what remains is carried over. */
  readonly carryOver: number;
}

/** What follows when members fall below the minimum of a role. */
export type MemberLeaves =
  | { readonly kind: 'END' }
  /** The bundle goes on at these phases instead of those of its first recurring price. */
  | { readonly kind: 'REPRICE'; readonly amountMinor: bigint }
  | { readonly kind: 'GRACE'; readonly days: number };

export interface BundleDefinition {
  /** Whose subscribers the members may be: the holder's alone, or also those of related customers 家庭/集团. */
  readonly across: 'CUSTOMER' | 'FAMILY' | 'ENTERPRISE';
  readonly members: readonly BundleMember[];
  /** Charged to the holder's account as one, then split by shares. */
  readonly prices: readonly (OneTimePrice | RecurringPrice)[];
  readonly allowances: readonly SharedAllowance[];
  readonly whenMemberLeaves: MemberLeaves;
  readonly eligibility: Eligibility;
  readonly term: TermContract | null;
}
