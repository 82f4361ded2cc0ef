import type { TwoNames } from './names';
import type { Part } from './price-parts';

/** A discount of the demonstration, granted by the province, with what its version says. */
export interface DiscountPlan extends TwoNames {
  readonly code: string;
  /** The one line of business that it is of; null: of every line. */
  readonly serviceType: string | null;
  readonly definition: Part;
  /** What it may give away in all, in fen; without a limit, where not said. */
  readonly budgetMinor?: bigint;
}

/** Who asks twice takes the better. */
const ONE_OFFER = { exclusionGroup: 'MOBILE-OFFER' } as const;

/** What the operator grants: one of each kind that a counter has to know. */
export const DISCOUNTS: readonly DiscountPlan[] = [
  {
    code: 'BB-MEMBER-80', name: '会员宽带八折', nameEn: 'A fifth off broadband for members', serviceType: 'BROADBAND',
    definition: {
      effect: { kind: 'PERCENTAGE', basisPoints: 2_000 },
      level: 'SUBSCRIBER',
      appliesTo: { chargeCodes: ['BROADBAND_MONTHLY_FEE'] },
      lasts: { periods: 12 },
      eligibility: { grades: ['SILVER', 'GOLD', 'PLATINUM', 'DIAMOND'] },
    },
  },
  {
    code: 'MOBILE-LESS-10', name: '话费立减10元', nameEn: '10 yuan off each month', serviceType: 'MOBILE', budgetMinor: 50_000_000n,
    definition: {
      effect: { kind: 'AMOUNT', amount: '10.00' },
      level: 'SUBSCRIBER',
      appliesTo: { chargeCodes: ['MOBILE_MONTHLY_FEE'] },
      lasts: { periods: 6 },
      ...ONE_OFFER,
    },
  },
  {
    code: 'MOBILE-YOUTH-9', name: '青春卡首季9元', nameEn: 'Youth card at 9 for a quarter', serviceType: 'MOBILE',
    definition: {
      effect: { kind: 'PRICE_OVERRIDE', priceCode: 'FEE', amount: '9.00' },
      level: 'SUBSCRIBER',
      appliesTo: { products: ['MOBILE-YOUTH-19'] },
      lasts: { periods: 3 },
      ...ONE_OFFER,
    },
  },
  {
    code: 'RING-BACK-FREE', name: '彩铃免三个月', nameEn: 'Ring-back tones free for three months', serviceType: 'MOBILE',
    definition: {
      effect: { kind: 'WAIVER' },
      level: 'SUBSCRIBER',
      appliesTo: { products: ['MOBILE-RING-BACK'] },
      lasts: { periods: 3 },
    },
  },
  {
    code: 'PREPAY-240', name: '预存240元返300元', nameEn: 'Pay 240 ahead, have 300 back', serviceType: 'MOBILE',
    definition: {
      effect: {
        kind: 'DEPOSIT_RETURN',
        deposit: '240.00',
        returns: { afterMonths: 1, months: 12, total: '300.00', book: 'PREPAY-RETURN', chargeCodes: ['MOBILE_MONTHLY_FEE', 'CALL_FEE', 'DATA_FEE'] },
      },
      level: 'SUBSCRIBER',
    },
  },
  {
    code: 'SPEND-300', name: '账单满300减30', nameEn: '30 off a bill of 300', serviceType: null,
    definition: {
      effect: { kind: 'THRESHOLD', spend: '300.00', reduction: { kind: 'AMOUNT', amount: '30.00' } },
      level: 'BILL',
      lasts: { periods: 12 },
    },
  },
]; // prettier-ignore

/** What holders of a role may give away on one order by hand; null: no limit of that part. */
export interface AuthorityPlan {
  /** Code of the standard role. */
  readonly role: string;
  readonly kind: 'MANUAL_DISCOUNT' | 'WAIVER';
  readonly amountMinor: bigint | null;
  readonly basisPoints: number | null;
}

/** A clerk gives away little by himself, a supervisor half of an order, the administrator anything. */
export const AUTHORITIES: readonly AuthorityPlan[] = [
  { role: 'HALL_CLERK', kind: 'MANUAL_DISCOUNT', amountMinor: 2_000n, basisPoints: 1_000 },
  { role: 'HALL_CLERK', kind: 'WAIVER', amountMinor: 5_000n, basisPoints: null },
  { role: 'HALL_SUPERVISOR', kind: 'MANUAL_DISCOUNT', amountMinor: 50_000n, basisPoints: 5_000 },
  { role: 'HALL_SUPERVISOR', kind: 'WAIVER', amountMinor: 50_000n, basisPoints: null },
  { role: 'SYSTEM_ADMINISTRATOR', kind: 'MANUAL_DISCOUNT', amountMinor: null, basisPoints: null },
  { role: 'SYSTEM_ADMINISTRATOR', kind: 'WAIVER', amountMinor: null, basisPoints: null },
];
