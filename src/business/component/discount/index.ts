export { applyDiscounts, type DiscountedBill, type DiscountedCharge, type IdleDiscount } from './model/apply-discounts';
export type { DiscountStep } from './model/discount-reduction';
export { discountSpan, type DiscountSpanParameters } from './model/discount-span';
export type { ChargeCounts, ChargeToDiscount, GrantedDiscount, UsedInPeriod } from './model/discounted-charge';
export { returnSchedule, type ReturnPart } from './model/return-schedule';
export { limitSpend, type LimitedSpend, type SpendLimits } from './model/spend-limits';
