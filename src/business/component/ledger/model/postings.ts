import type { LedgerEntryKind, LedgerLine } from '../../../../data/operation/ledger/ledger-entry';
import type { Id } from '../../../../kernel/id';
import type { CurrencyCode } from '../../../../kernel/money';
import { CONTROL_ACCOUNTS } from './standard-chart';

/** What an entry says, before it is known what causes it. Its lines sum to nought. */
export interface Posting {
  readonly kind: Exclude<LedgerEntryKind, 'REVERSAL'>;
  readonly currency: CurrencyCode;
  readonly lines: readonly LedgerLine[];
}

/** The ledger accounts of a charge, as its charge code says them on the day. */
export interface ChargeAccounts {
  readonly revenue: string;
  /** Where a charge in advance waits until it is earned; null: at 2205 合同负债. */
  readonly deferred: string | null;
  /** Where discounts are shown apart; null: revenue is what remains. */
  readonly discount: string | null;
}

/** One charge that falls due 应收费用. All amounts may be negative together: a charge that is given back. */
export interface DueFee {
  readonly chargeCode: string;
  readonly subscriberId: Id<'subscriber'> | null;
  /** What the customer owes for it: after discounts, tax included. */
  readonly amountMinor: bigint;
  /** The tax in it. */
  readonly taxMinor: bigint;
  /** What discounts took off, without tax. */
  readonly discountMinor: bigint;
  readonly accounts: ChargeAccounts;
  /** Earned when it falls due, or over a period that lies ahead 预收月租: then it is revenue bit by bit, and its discount with it. */
  readonly earned: 'NOW' | 'LATER';
}

/**
 * Fees that fall due: debit receivable with all that is owed; credit revenue (or what waits to be earned) without tax, and the
 * output tax, which is owed to the state at once also for what is earned later. Undefined where nothing moves.
 */
export function feeDue(currency: CurrencyCode, fees: readonly DueFee[]): Posting | undefined {
  const owed = sum(fees.map(({ amountMinor }) => amountMinor));
  const tax = sum(fees.map(({ taxMinor }) => taxMinor));
  return posting('FEE_DUE', currency, [
    line(CONTROL_ACCOUNTS.receivable, owed),
    ...fees.flatMap(creditOf),
    line(CONTROL_ACCOUNTS.outputTax, -tax),
  ]);
}

function creditOf({ chargeCode, subscriberId, amountMinor, taxMinor, discountMinor, accounts, earned }: DueFee): LedgerLine[] {
  const of = { chargeCode, subscriberId };
  const net = amountMinor - taxMinor;
  if (earned === 'LATER') return [line(accounts.deferred ?? CONTROL_ACCOUNTS.deferred, -net, of)];
  if (accounts.discount === null) return [line(accounts.revenue, -net, of)];
  return [line(accounts.revenue, -(net + discountMinor), of), line(accounts.discount, discountMinor, of)];
}

/** How money comes in and goes out 收款方式, as accounts are paid. */
export const MONEY_ACCOUNTS = {
  CASH: CONTROL_ACCOUNTS.cash,
  BANK_TRANSFER: CONTROL_ACCOUNTS.bank,
  BANK_COLLECTION: CONTROL_ACCOUNTS.bank,
  CARD: CONTROL_ACCOUNTS.bank,
  CHEQUE: CONTROL_ACCOUNTS.bank,
  ONLINE: CONTROL_ACCOUNTS.platform,
} as const;
export type MoneyMethod = keyof typeof MONEY_ACCOUNTS;

export interface ReceivedPayment {
  readonly currency: CurrencyCode;
  readonly method: MoneyMethod;
  /** What it settles of what is owed. */
  readonly settledMinor: bigint;
  /** What is left of it for later 预存. */
  readonly prepaidMinor: bigint;
}

/** Money received for what is owed, the rest kept for later. */
export function paymentReceived({ currency, method, settledMinor, prepaidMinor }: ReceivedPayment): Posting | undefined {
  return posting('PAYMENT_RECEIVED', currency, [
    line(MONEY_ACCOUNTS[method], settledMinor + prepaidMinor),
    line(CONTROL_ACCOUNTS.receivable, -settledMinor),
    line(CONTROL_ACCOUNTS.prepaid, -prepaidMinor),
  ]);
}

/** A deposit 押金 that is held for a subscriber or a number: owed to the customer, no revenue, no tax. */
export interface Deposit {
  readonly chargeCode: string | null;
  readonly subscriberId: Id<'subscriber'> | null;
  readonly amountMinor: bigint;
}

/** Deposits received. A deposit is never receivable: what it secures does not begin before it is paid. */
export function depositReceived(currency: CurrencyCode, method: MoneyMethod, deposits: readonly Deposit[]): Posting | undefined {
  const received = sum(deposits.map(({ amountMinor }) => amountMinor));
  return posting('DEPOSIT_RECEIVED', currency, [
    line(MONEY_ACCOUNTS[method], received),
    ...deposits.map(({ amountMinor, ...of }) => line(CONTROL_ACCOUNTS.deposit, -amountMinor, of)),
  ]);
}

/** Deposits that are given back 退还押金: they stand to the account's credit from then on, to be paid out or spent. */
export function depositReturned(currency: CurrencyCode, deposits: readonly Deposit[]): Posting | undefined {
  return posting('DEPOSIT_RETURNED', currency, [
    ...deposits.map(({ amountMinor, ...of }) => line(CONTROL_ACCOUNTS.deposit, amountMinor, of)),
    line(CONTROL_ACCOUNTS.prepaid, -sum(deposits.map(({ amountMinor }) => amountMinor))),
  ]);
}

export interface GivenBack {
  readonly currency: CurrencyCode;
  readonly method: MoneyMethod;
  /** Paid for what is no longer owed: the receivable has become negative. */
  readonly overpaidMinor: bigint;
  readonly prepaidMinor: bigint;
  readonly deposits: readonly Deposit[];
}

/** Money given back 退款: of what was overpaid, paid ahead, or held as a deposit. */
export function refund({ currency, method, overpaidMinor, prepaidMinor, deposits }: GivenBack): Posting | undefined {
  const given = overpaidMinor + prepaidMinor + sum(deposits.map(({ amountMinor }) => amountMinor));
  return posting('REFUND', currency, [
    line(CONTROL_ACCOUNTS.receivable, overpaidMinor),
    line(CONTROL_ACCOUNTS.prepaid, prepaidMinor),
    ...deposits.map(({ amountMinor, ...of }) => line(CONTROL_ACCOUNTS.deposit, amountMinor, of)),
    line(MONEY_ACCOUNTS[method], -given),
  ]);
}

type LineOwner = Pick<LedgerLine, 'chargeCode' | 'subscriberId'>;

function line(ledgerAccount: string, amountMinor: bigint, { chargeCode, subscriberId }: LineOwner = OF_NOTHING): LedgerLine {
  return { ledgerAccount, chargeCode, subscriberId, amountMinor };
}

const OF_NOTHING: LineOwner = { chargeCode: null, subscriberId: null };

/** A line of nothing says nothing: it is left out, and with all of them the posting. */
function posting(kind: Posting['kind'], currency: CurrencyCode, lines: readonly LedgerLine[]): Posting | undefined {
  const moving = lines.filter(({ amountMinor }) => amountMinor !== 0n);
  return moving.length === 0 ? undefined : { kind, currency, lines: moving };
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
