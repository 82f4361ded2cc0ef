export { bundleStandings, type BundleStanding, type Membership } from './model/bundle-standing';
export { chargeRecurring, RECURRING_PARAMETERS, totalOf, type RecurringCharge, type RecurringParameters } from './model/charge-recurring';
export { correctBilled, type BilledCharge, type Correction } from './model/credit-advance';
export type { DailyCharge } from './model/daily-charge';
export { PRORATIONS } from './model/definition';
export type {
  BundleDefinition, BundleMember, DepositPrice, EarlyTermination, Eligibility, MemberLeaves, OneTimePrice, PeriodLength, Price,
  PricePhase, ProductDefinition, ProductRules, Proration, RecurringPrice, SharedAllowance, SuspensionCharge, SuspensionSpan,
  TermContract, UsagePrice,
} from './model/definition'; // prettier-ignore
export {
  chargeEarlyTermination,
  remainingFeesOf,
  termOn,
  type ContractTime,
  type EarlyTerminationCharge,
  type Term,
} from './model/early-termination';
export type { InstanceEnd, InstanceTimeline, NegotiatedPrice, QuantityChange, Stop } from './model/instance-timeline';
export type { RecurringPiece } from './model/prorate';
export { splitBundlePrice, type MemberOfBundle, type MemberPart } from './model/split-bundle-price';
