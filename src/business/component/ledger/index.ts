export {
  LEDGER_ACCOUNT_KINDS,
  LEDGER_ACCOUNT_STATUSES,
  type LedgerAccount,
  type LedgerAccountKind,
  type LedgerAccountStatus,
} from '../../../data/operation/ledger/ledger-account';
export {
  LEDGER_CAUSES,
  LEDGER_ENTRY_KINDS,
  type LedgerCause,
  type LedgerCauseKind,
  type LedgerEntry,
  type LedgerEntryKind,
  type LedgerLine,
} from '../../../data/operation/ledger/ledger-entry';
export { listLedgerAccounts, selectLedgerAccounts, type LedgerAccountFilter } from '../../../data/operation/ledger/select-ledger-accounts';
export {
  LEDGER_BALANCES_MAX,
  selectLedgerBalances,
  selectLedgerEntriesOfAccounts,
  type AccountingDates,
  type LedgerBalance,
} from '../../../data/operation/ledger/select-ledger-entries';
export { LEDGER_FAULTS, type LedgerFault, type LedgerFaultKind } from '../../../data/operation/ledger/select-ledger-faults';
export { auditLedger } from './audit-ledger';
export { changeLedgerAccount, type ChangeLedgerAccountInput } from './change-ledger-account';
export type { LedgerAccountChange } from './ledger-account-to-change';
export { hasBalance } from './has-balance';
export { LEDGER_LINES_MAX } from './model/balanced';
export {
  MONEY_ACCOUNTS,
  depositReceived,
  depositReturned,
  feeDue,
  paymentReceived,
  refund,
  type ChargeAccounts,
  type Deposit,
  type DueFee,
  type GivenBack,
  type MoneyMethod,
  type Posting,
  type ReceivedPayment,
} from './model/postings';
export { LEDGER_REFUSALS, type LedgerRefusal } from './model/refusals';
export { CONTROL_ACCOUNTS, STANDARD_CHART } from './model/standard-chart';
export { postEntries, postEntry, type EntryToPost, type Posted } from './post-entries';
export { registerLedgerAccount, type RegisterLedgerAccountInput } from './register-ledger-account';
export { registerStandardChart } from './register-standard-chart';
export { retireLedgerAccount } from './retire-ledger-account';
export { reverseEntry, type EntryToReverse } from './reverse-entry';
