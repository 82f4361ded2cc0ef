export { bundleStandings, type BundleStanding, type Membership } from './model/bundle-standing';
export { recurringParameters } from './recurring-parameters';
export { chargeRecurring, RECURRING_PARAMETERS, totalOf, type RecurringCharge, type RecurringParameters } from './model/charge-recurring';
export { correctBilled, type BilledCharge, type Correction } from './model/credit-advance';
export type { DailyCharge } from './model/daily-charge';
export { PRODUCT_KINDS, type Product, type ProductKind } from '../../../data/operation/product/product';
export {
  searchProducts,
  selectProductsByCode,
  selectProductsById,
  type ProductFilter,
  type SellableAt,
} from '../../../data/operation/product/select-products';
export { selectReleasesOfProducts, type ProductRelease } from '../../../data/operation/product/product-release';
export { VERSION_STATES, type ReleasedVersion, type VersionState } from '../../../data/operation/released-version/version';
export { selectVersionsById, selectVersionsOf, selectVersionsSoldAt } from '../../../data/operation/released-version/select-versions';
export { changeProduct, type ChangeProductInput } from './change-product';
export { changeProductDraft, type ChangeProductDraftInput } from './change-product-draft';
export { checkNames, namedProducts, type NamedFrom } from './check-names';
export { createProduct, type CreateProductInput } from './create-product';
export { documentWords } from './document-words';
export {
  SHOWN_CHANGES_MAX, lockCustomerHolding, selectCustomerHolding, selectHeldProducts, selectInstanceHistory, selectPlannedProducts, selectProductInstances,
  type CustomerHolding, type HeldProduct,
} from '../../../data/operation/product/select-instances'; // prettier-ignore
export { selectStandingProducts, type StandingProduct } from '../../../data/operation/product/select-standing-products';
export type { SoldAt } from '../../../data/operation/product/insert-instances';
export { changeQuantityIn, endPlansIn, endProductIn } from './change-holding';
export { endProductsOf, holdProducts, type Holding, type ProductToHold } from './hold-products';
export { brokenRules, heldAt, type BrokenRule, type HeldInstance } from './model/holding';
export { selectInstanceChanges, type InstanceChange } from '../../../data/operation/product/select-instance-facts';
export { HELD_MAX } from '../../../data/operation/product/select-instances';
export { leastMonthlyOf } from './model/least-monthly';
export {
  selectBundleInstances, selectBundlesOf, selectMembersOfBundles, selectMembershipsOf, type BundleInstance, type BundleMembership,
} from '../../../data/operation/product/bundle-instance'; // prettier-ignore
export { selectBundleFaults, type BundleFault } from '../../../data/operation/product/select-bundle-faults';
export {
  isChargedForBundle, lockBundles, markSettled, selectBundlesToEnd, selectBundlesToSettle, type BundleToSettle, type LockedBundle,
} from '../../../data/operation/product/write-bundle'; // prettier-ignore
export { endBundle, endLapsedBundle, endsWithout, leaveBundle } from './end-bundle';
export { definitionsOfBundles, standingsOfBundle, termOfBundle } from './standings-of-bundle';
export { moveBundlesToAccount, moveBundlesToCustomer } from './move-bundles-to';
export { endGraces, joinBundles, openBundle, type JoiningMember } from './open-bundle';
export { firstPeriodOf } from './model/first-period';
export { readNegotiated } from './model/negotiated-prices';
export { periodOfDay } from './model/period-of-day';
export { definitionsOf } from './definitions';
export { draftProductVersion, type DraftProductVersionInput } from './draft-product-version';
export { checkIdentity } from './model/check-identity';
export { PRORATIONS } from './model/definition';
export type {
  BundleDefinition, BundleMember, DepositPrice, EarlyTermination, Eligibility, MemberLeaves, OneTimePrice, PeriodLength, Price,
  PriceAuthority, PricePhase, ProductDefinition, ProductRules, Proration, RecurringPrice, SharedAllowance, SuspensionCharge,
  SuspensionSpan, TermContract, UsagePrice,
} from './model/definition'; // prettier-ignore
export {
  chargeEarlyTermination,
  remainingFeesOf,
  termOn,
  type ContractTime,
  type EarlyTerminationCharge,
  type Term,
} from './model/early-termination';
export { stoppedDays, stopsOf, type StoppedSpan } from './model/instance-timeline';
export type { InstanceEnd, InstanceTimeline, NegotiatedPrice, QuantityChange, Stop } from './model/instance-timeline';
export type { RecurringPiece } from './model/prorate';
export { monthlyListPrice } from './model/monthly-list-price';
export { splitBundlePrice, type MemberOfBundle, type MemberPart } from './model/split-bundle-price';
export {
  AMOUNT_MINOR_MAX, amountSchema, codeSchema, codesSchema, distinct, eligibilitySchema, names, named, refuse as refusePart, unitsSchema, whole,
  type DocumentWords,
} from './model/document-schema'; // prettier-ignore
export {
  ELIGIBILITY_REASONS,
  checkEligibility,
  checkRules,
  toldReasons,
  type EligibilityFacts,
  type EligibilityReason,
  type RuleBreach,
} from './model/eligibility';
export { VERSION_TRANSITIONS, isDraft, mayMove } from './model/lifecycle';
export { namesInEligibility, type NamesInDefinition } from './model/names-in-definition';
export { readDocument } from './model/read-document';
export {
  DOCUMENT_REFUSALS,
  PRODUCT_REFUSALS,
  VERSION_REFUSALS,
  refuseProduct,
  type DocumentRefusal,
  type ProductRefusal,
} from './model/refusals';
export { fromStored, toStored } from './model/stored-document';
export { moveProductVersion } from './move-product-version';
export type { ProductDocuments } from './read-content';
export { releaseProduct, type ReleaseProductInput } from './release-product';
export { sellable, type Offer, type SellableAsked } from './sellable';
export {
  changeDraft, draftVersion, moveVersion, type LockedOwner, type MoveOf, type VersionContent, type VersionRefusal, type VersionedNoun,
} from './version-changes'; // prettier-ignore
export { VERSION_STATE_WORDS } from './model/state-words';
export { VERSION_VOCABULARY } from './model/refusals';
