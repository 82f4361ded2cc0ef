import { localDateOf, type LocalDate } from '../../../kernel/calendar';
import { instantFromDatabase, type Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import type { CurrencyCode } from '../../../kernel/money';
import { sql } from '../../connection/sql';

/** What an entry says happened. */
export const LEDGER_ENTRY_KINDS = ['FEE_DUE', 'PAYMENT_RECEIVED', 'DEPOSIT_RECEIVED', 'DEPOSIT_RETURNED', 'REFUND', 'REVERSAL'] as const;
export type LedgerEntryKind = (typeof LEDGER_ENTRY_KINDS)[number];

/** What causes entries. */
export const LEDGER_CAUSES = ['ORDER', 'ORDER_PAYMENT'] as const;
export type LedgerCauseKind = (typeof LEDGER_CAUSES)[number];

/** The record that an entry is written with: its id is that of its own table. */
export interface LedgerCause {
  readonly kind: LedgerCauseKind;
  readonly id: string;
}

/** One line 分录行: debit 借 positive, credit 贷 negative. */
export interface LedgerLine {
  readonly ledgerAccount: string;
  readonly chargeCode: string | null;
  readonly subscriberId: Id<'subscriber'> | null;
  readonly amountMinor: bigint;
}

/** An entry 记账凭证 with its lines: they sum to nought, and are never changed. */
export interface LedgerEntry {
  readonly id: Id<'ledgerEntry'>;
  readonly at: Instant;
  /** The operator's local date then. */
  readonly accountingDate: LocalDate;
  readonly kind: LedgerEntryKind;
  readonly cause: LedgerCause;
  /** The node where it was caused, and the legal entity whose books it stands in. */
  readonly organisationId: Id<'organisation'>;
  readonly legalEntityId: Id<'organisation'>;
  /** Whose business it is; null: the operator's alone. */
  readonly accountId: Id<'account'> | null;
  readonly currency: CurrencyCode;
  /** The entry that this one takes back, and the one that took this one back. */
  readonly reversesId: Id<'ledgerEntry'> | null;
  readonly reversedById: Id<'ledgerEntry'> | null;
  readonly lines: readonly LedgerLine[];
}

/** Stands in keys where an entry is of no account. */
export const NO_ACCOUNT = '00000000-0000-0000-0000-000000000000' as Id<'account'>;

export interface LedgerEntryRow {
  readonly account_id: Id<'account'>;
  readonly at: string;
  readonly id: Id<'ledgerEntry'>;
  readonly accounting_date: string;
  readonly kind: LedgerEntryKind;
  readonly cause_kind: LedgerCauseKind;
  readonly cause_id: string;
  readonly organisation_id: Id<'organisation'>;
  readonly legal_entity_id: Id<'organisation'>;
  readonly currency: CurrencyCode;
  readonly reverses_id: Id<'ledgerEntry'> | null;
  readonly reversed_by_id: Id<'ledgerEntry'> | null;
  readonly lines: readonly (Omit<LedgerLine, 'amountMinor'> & { readonly amount: string })[];
}

/** The columns of {@link LedgerEntryRow}, of the alias `e`. Amounts travel as texts: JSON's numbers are floats. */
export const LEDGER_ENTRY_COLUMNS = sql`e.account_id, e.at, e.id, e.accounting_date::text, e.kind, e.cause_kind, e.cause_id, e.organisation_id,
  e.legal_entity_id, e.currency,
  (SELECT r.entry_id FROM ledger_reversal r WHERE r.account_id = e.account_id AND r.mirror_id = e.id) AS reverses_id,
  (SELECT r.mirror_id FROM ledger_reversal r WHERE r.account_id = e.account_id AND r.entry_id = e.id) AS reversed_by_id,
  (SELECT json_agg(json_build_object('ledgerAccount', l.ledger_account, 'chargeCode', l.charge_code, 'subscriberId', l.subscriber_id,
                                     'amount', l.amount_minor::text) ORDER BY l.line_no)
   FROM ledger_line l WHERE l.account_id = e.account_id AND l.at = e.at AND l.entry_id = e.id) AS lines`;

export function toLedgerEntry(row: LedgerEntryRow): LedgerEntry {
  const accountingDate = localDateOf(row.accounting_date);
  invariant(accountingDate !== undefined, 'an accounting date is a date');
  return {
    id: row.id,
    at: instantFromDatabase(row.at),
    accountingDate,
    kind: row.kind,
    cause: { kind: row.cause_kind, id: row.cause_id },
    organisationId: row.organisation_id,
    legalEntityId: row.legal_entity_id,
    accountId: row.account_id === NO_ACCOUNT ? null : row.account_id,
    currency: row.currency,
    reversesId: row.reverses_id,
    reversedById: row.reversed_by_id,
    lines: row.lines.map(({ amount, ...line }) => ({ ...line, amountMinor: BigInt(amount) })),
  };
}
