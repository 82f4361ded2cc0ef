export { DISCOUNT_LEVELS } from './model/definition';
export type { DepositReturn, DiscountDefinition, DiscountEffect, DiscountLevel, ThresholdReduction } from './model/definition';
