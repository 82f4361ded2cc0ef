export { PRORATIONS } from './model/definition';
export type {
  BundleDefinition, BundleMember, DepositPrice, EarlyTermination, Eligibility, MemberLeaves, OneTimePrice, PeriodLength, Price,
  PricePhase, ProductDefinition, ProductRules, Proration, RecurringPrice, SharedAllowance, SuspensionCharge, SuspensionSpan,
  TermContract, UsagePrice,
} from './model/definition'; // prettier-ignore
