import type { Eligibility, ProductRules } from './definition';

/** What is known of who would have a product. */
export interface EligibilityFacts {
  readonly customerKind: string;
  readonly grade: string;
  /** Codes of the node at which it is sold and of all above it. */
  readonly organisations: readonly string[];
  /** Whole months since the customer's first subscriber was opened; 0 for a new one. */
  readonly tenureMonths: number;
  /** Codes of the products that the customer holds. */
  readonly holds: readonly string[];
}

/** Why somebody may not have it. */
export const ELIGIBILITY_REASONS = ['CUSTOMER_KIND', 'GRADE', 'ORGANISATION', 'TENURE', 'HOLDS_NONE', 'HOLDS_EXCLUDED'] as const;
export type EligibilityReason = (typeof ELIGIBILITY_REASONS)[number];

/** Every reason why the facts do not fulfil an eligibility; none when they do. */
export function checkEligibility(eligibility: Eligibility, facts: EligibilityFacts): EligibilityReason[] {
  const { customerKinds, grades, organisations, tenureMonths, holdsAnyOf, holdsNoneOf } = eligibility;
  const reasons: EligibilityReason[] = [];
  if (customerKinds !== undefined && !customerKinds.includes(facts.customerKind)) reasons.push('CUSTOMER_KIND');
  if (grades !== undefined && !grades.includes(facts.grade)) reasons.push('GRADE');
  if (organisations !== undefined && !organisations.some((code) => facts.organisations.includes(code))) reasons.push('ORGANISATION');
  if (tenureMonths !== undefined) {
    const { least = 0, most = Infinity } = tenureMonths;
    if (facts.tenureMonths < least || facts.tenureMonths > most) reasons.push('TENURE');
  }
  if (holdsAnyOf !== undefined && !holdsAnyOf.some((code) => facts.holds.includes(code))) reasons.push('HOLDS_NONE');
  if (holdsNoneOf?.some((code) => facts.holds.includes(code)) === true) reasons.push('HOLDS_EXCLUDED');
  return reasons;
}

/** Why a subscriber may not have one more of a product beside what it holds. */
export type RuleBreach =
  | { readonly rule: 'REQUIRES'; /** One of these is missing. */ readonly codes: readonly string[] }
  | { readonly rule: 'EXCLUDES'; readonly codes: readonly string[] }
  | { readonly rule: 'AT_MOST'; readonly most: number };

/**
 * Every rule of a product that one subscriber's products break. `held` are the codes of all its instances, one for each, as they
 * would be after the change: the product itself is among them.
 */
export function checkRules(code: string, rules: ProductRules, held: readonly string[]): RuleBreach[] {
  const breaches: RuleBreach[] = rules.requires
    .filter((any) => !any.some((needed) => held.includes(needed)))
    .map((codes) => ({ rule: 'REQUIRES', codes }));
  const excluded = rules.excludes.filter((other) => held.includes(other));
  if (excluded.length > 0) breaches.push({ rule: 'EXCLUDES', codes: excluded });
  if (held.filter((one) => one === code).length > rules.atMost) breaches.push({ rule: 'AT_MOST', most: rules.atMost });
  return breaches;
}
