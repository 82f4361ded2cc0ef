export {
  ACCOUNT_STATUSES,
  PAYMENT_METHODS,
  RATING_TYPES,
  type Account,
  type AccountStatus,
  type PaymentMethod,
  type RatingType,
} from '../../../data/operation/account/account';
export {
  PAYERS,
  selectAccountParents,
  selectBillingDays,
  selectChildAccounts,
  type AccountParent,
  type BillingDay,
  type Payer,
} from '../../../data/operation/account/account-facts';
export {
  searchAccounts,
  selectAccountsById,
  selectAccountsOfCustomers,
  type AccountFilter,
} from '../../../data/operation/account/select-accounts';
export { hasOpenAccounts, lockAccounts, type LockedAccount } from '../../../data/operation/account/write-account';
export { accountAndOwnerToChange, type AccountAndOwner } from './account-and-owner-to-change';
export { accountToChange, type AccountChange } from './account-to-change';
export { changeAccount, changeAccountIn, type ChangeAccountInput } from './change-account';
export { changeBillingDay, changeBillingDayIn, type ChangeBillingDayInput } from './change-billing-day';
export { changeCurrency } from './change-currency';
export { closeUnusedAccount } from './close-unused-account';
export { createAccount, type CreateAccountInput } from './create-account';
export { accountProblems, createAccounts, type NewAccountInput } from './create-accounts';
export { endParentAccount, type EndParentAccountInput } from './end-parent-account';
export { giveAccountsTo } from './give-accounts-to';
export { holdActiveAccount, type HeldAccountRefusal } from './hold-active-account';
export { holdAccounts } from './hold-accounts';
export { markCharged } from './mark-charged';
export { accountsToMerge, mergeIntoAccount, type AccountsToMerge, type MergeAccountsInput } from './merge-into-account';
export { checkNameOfOwner } from './check-name-of-owner';
export { checkAccountName, checkBillingDay } from './model/checks';
export { ACCOUNT_REFUSALS, refuseAccount, type AccountRefusal } from './model/refusals';
export { setParentAccount, type SetParentAccountInput } from './set-parent-account';
export { splitFromAccount } from './split-from-account';
