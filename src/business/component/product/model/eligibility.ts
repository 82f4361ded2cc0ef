import type { Bilingual } from '../../../../kernel/result';
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
export const ELIGIBILITY_REASONS = {
  CUSTOMER_KIND: { zh: '客户类型', en: 'the kind of customer' },
  GRADE: { zh: '客户等级', en: 'the customer’s grade' },
  ORGANISATION: { zh: '受理组织', en: 'the organisation' },
  TENURE: { zh: '在网时长', en: 'the time with us' },
  HOLDS_NONE: { zh: '未持有所需产品', en: 'a product that is needed is not held' },
  HOLDS_EXCLUDED: { zh: '已持有不能同享的产品', en: 'a product is held that excludes it' },
} as const satisfies Readonly<Record<string, Bilingual>>;
export type EligibilityReason = keyof typeof ELIGIBILITY_REASONS;

/** Reasons in the words of the clerk, each once. */
export function toldReasons(reasons: readonly EligibilityReason[]): Bilingual {
  const words = [...new Set(reasons)].map((reason) => ELIGIBILITY_REASONS[reason]);
  return { zh: words.map(({ zh }) => zh).join('、'), en: words.map(({ en }) => en).join(', ') };
}

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
