import type { Transaction } from '../../connection/core-database';
import { empty, sql } from '../../connection/sql';
import type { LocalDate } from '../../../kernel/calendar';
import type { Id } from '../../../kernel/id';
import type { CurrencyCode } from '../../../kernel/money';
import type { Page, PageRequest } from '../../../kernel/page';
import { toPagesByParent } from '../../../kernel/pages-by-parent';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';
import { LEDGER_ENTRY_COLUMNS, NO_ACCOUNT, toLedgerEntry, type LedgerEntry, type LedgerEntryRow } from './ledger-entry';

/** Between which accounting dates entries are looked for, both included. */
export interface AccountingDates {
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
}

/**
 * One page of the entries of each account in scope, newest first; the cursor is (at, id), in which order the key has them. The
 * accounting date follows the instant, so it needs no index: it only ends the walk.
 */
export async function selectLedgerEntriesOfAccounts(
  context: ScopedRead,
  accountIds: readonly Id<'account'>[],
  { from, to }: AccountingDates,
  page: PageRequest,
): Promise<ReadonlyMap<Id<'account'>, Page<LedgerEntry>>> {
  const [at, id] = page.after ?? [];
  const rows = await context.sql.query<LedgerEntryRow>(sql`
    SELECT e.* FROM unnest(${accountIds}::uuid[]) AS asked (id)
    JOIN account a ON a.id = asked.id AND ${visibleTo(context.scope, 'ledger:read', 'a')}
    CROSS JOIN LATERAL (
      SELECT ${LEDGER_ENTRY_COLUMNS} FROM ledger_entry e
      WHERE e.account_id = asked.id
        AND (${from?.toString() ?? null}::date IS NULL OR e.accounting_date >= ${from?.toString() ?? null}::date)
        AND (${to?.toString() ?? null}::date IS NULL OR e.accounting_date <= ${to?.toString() ?? null}::date)
        ${page.after === null ? empty : sql`AND (e.at, e.id) < (${at}::timestamptz, ${id}::uuid)`}
      ORDER BY e.at DESC, e.id DESC LIMIT ${page.first + 1}
    ) e`);
  return toPagesByParent(accountIds, rows, page.first, { parentOf: (row) => row.account_id, toItem: toLedgerEntry });
}

/** An entry of an account (null: of none). Asks no scope: who takes an entry back has found its cause in his. */
export async function selectLedgerEntry(
  transaction: Transaction,
  accountId: Id<'account'> | null,
  id: Id<'ledgerEntry'>,
): Promise<LedgerEntry | undefined> {
  const [row] = await transaction.query<LedgerEntryRow>(sql`
    SELECT ${LEDGER_ENTRY_COLUMNS} FROM ledger_entry e WHERE e.account_id = ${accountId ?? NO_ACCOUNT} AND e.id = ${id}`);
  return row === undefined ? undefined : toLedgerEntry(row);
}

/** What stands on a ledger account for an account: debit positive, credit negative. */
export interface LedgerBalance {
  readonly accountId: Id<'account'>;
  readonly ledgerAccount: string;
  readonly currency: CurrencyCode;
  readonly amountMinor: bigint;
}

/** How many balances one account can have: as many as there are ledger accounts that are kept by account. */
export const LEDGER_BALANCES_MAX = 100;

/** The balances of accounts in scope, in the order of the ledger accounts. */
export async function selectLedgerBalances(context: ScopedRead, accountIds: readonly Id<'account'>[]): Promise<LedgerBalance[]> {
  const rows = await context.sql.query<Omit<LedgerBalance, 'amountMinor'> & { readonly amount: string }>(sql`
    SELECT b.* FROM unnest(${accountIds}::uuid[]) AS asked (id)
    JOIN account a ON a.id = asked.id AND ${visibleTo(context.scope, 'ledger:read', 'a')}
    CROSS JOIN LATERAL (
      SELECT k.account_id AS "accountId", k.ledger_account AS "ledgerAccount", k.currency, k.amount_minor::text AS amount
      FROM ledger_balance k WHERE k.account_id = asked.id
      ORDER BY k.ledger_account, k.currency LIMIT ${LEDGER_BALANCES_MAX}
    ) b`);
  return rows.map(({ amount, ...balance }) => ({ ...balance, amountMinor: BigInt(amount) }));
}
