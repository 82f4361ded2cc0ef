export { applyDiscounts, type DiscountedBill, type DiscountedCharge, type IdleDiscount } from './model/apply-discounts';
export type { DiscountStep } from './model/discount-reduction';
export { discountSpan, type DiscountSpanParameters } from './model/discount-span';
export type { ChargeCounts, ChargeToDiscount, GrantedDiscount, UsedInPeriod } from './model/discounted-charge';
export { returnSchedule, type ReturnPart } from './model/return-schedule';
export { limitSpend, type LimitedSpend, type SpendLimits } from './model/spend-limits';
export {
  AUTHORITY_KINDS,
  selectAuthorityOfRoles,
  type AuthorityKind,
  type DiscountAuthority,
} from '../../../data/operation/discount/discount-authority';
export { selectReservations, type Reservation } from '../../../data/operation/discount/discount-reservation';
export {
  GRANTED_MAX, selectDiscountsOfAccounts, selectDiscountsOfBundles, selectDiscountsOfSubscribers, selectGrantedDiscounts, type HeldDiscount,
} from '../../../data/operation/discount/granted-discount'; // prettier-ignore
export { selectBudgets, type DiscountBudget } from '../../../data/operation/discount/discount-budget';
export { selectReleasesOfDiscounts, type DiscountRelease } from '../../../data/operation/discount/discount-release';
export { type Discount } from '../../../data/operation/discount/discount';
export {
  searchDiscounts,
  selectDiscountsByCode,
  selectDiscountsById,
  type DiscountFilter,
  type GrantableAt,
} from '../../../data/operation/discount/select-discounts';
export { authorityOf } from './authority-of';
export { changeDiscount, type ChangeDiscountInput } from './change-discount';
export { changeDiscountDraft, type ChangeDiscountDraftInput } from './change-discount-draft';
export { consumeBudget } from './consume-budget';
export { createDiscount, type CreateDiscountInput } from './create-discount';
export { discountDefinitionsOf } from './definitions';
export { draftDiscountVersion, type DraftDiscountVersionInput } from './draft-discount-version';
export { endDiscount, endDiscountsOf, endDiscountsOfAccount, endDiscountsOfBundle, takeBackDiscounts } from './end-discounts';
export { grantDiscounts, readReturns, subjectOf, type DiscountHolder, type DiscountToGrant } from './grant-discounts';
export { grantable, type Grantable, type GrantableAsked } from './grantable';
export { isWithinAuthority, type Authority, type AuthorityLimit, type GivenAway } from './model/authority';
export {
  DISCOUNT_LEVELS,
  type DepositReturn,
  type DiscountDefinition,
  type DiscountEffect,
  type DiscountLevel,
  type ThresholdReduction,
} from './model/definition';
export { DISCOUNT_REFUSALS, type DiscountRefusal } from './refusals';
export { moveDiscountVersion } from './move-discount-version';
export { releaseDiscount, type ReleaseDiscountInput } from './release-discount';
export { giveBackBudgets, reserveBudgets } from './reserve-budgets';
export { setDiscountAuthority, type SetDiscountAuthorityInput } from './set-discount-authority';
export { setDiscountBudget, type SetDiscountBudgetInput } from './set-discount-budget';
