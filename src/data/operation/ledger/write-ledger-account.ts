import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import { LEDGER_ACCOUNT_COLUMNS, type LedgerAccountRow } from './ledger-account';
import { LedgerAccountEntity } from './ledger-account.entity';

/** A ledger account as it stands in its locked row. */
export type LockedLedgerAccount = LedgerAccountRow;

/** Locks a ledger account. It stands at no node: the use case asks where the caller may touch it. */
export async function lockLedgerAccount(transaction: Transaction, code: string): Promise<LockedLedgerAccount | undefined> {
  const [row] = await transaction.query<LedgerAccountRow>(sql`
    SELECT ${LEDGER_ACCOUNT_COLUMNS} FROM ledger_account g WHERE g.code = ${code} FOR NO KEY UPDATE OF g`);
  return row;
}

export type NewLedgerAccount = Pick<LedgerAccountEntity, 'code' | 'name' | 'nameEn' | 'kind' | 'byAccount'>;

export async function insertLedgerAccount(transaction: Transaction, account: NewLedgerAccount, now: Instant): Promise<Id<'ledgerAccount'>> {
  const id = newId('ledgerAccount');
  await transaction.manager.insert(LedgerAccountEntity, { ...account, id, status: 'ACTIVE', version: 1, createdAt: now });
  return id;
}

/** The codes among those given that are ledger accounts already. */
export async function selectExistingLedgerCodes(transaction: Transaction, codes: readonly string[]): Promise<string[]> {
  const rows = await transaction.query<{ code: string }>(sql`SELECT g.code FROM ledger_account g WHERE g.code = ANY (${codes}::text[])`);
  return rows.map(({ code }) => code);
}

/** How many ledger accounts there are, and how many of them are kept by account; whoever asks keeps others from adding one to the end. */
export async function countLedgerAccounts(transaction: Transaction): Promise<{ readonly all: number; readonly byAccount: number }> {
  await transaction.query(sql`SELECT pg_advisory_xact_lock(hashtextextended('sanhu ledger_account', 0))`);
  const [row] = await transaction.query<{ all: number; byAccount: number }>(sql`
    SELECT count(*)::integer AS all, (count(*) FILTER (WHERE g.by_account))::integer AS "byAccount" FROM ledger_account g`);
  return row ?? { all: 0, byAccount: 0 };
}

export type LedgerAccountChanges = Partial<Pick<LedgerAccountEntity, 'name' | 'nameEn' | 'status'>>;

/** Changes a locked ledger account and moves its version on. */
export async function updateLedgerAccount(
  transaction: Transaction,
  { code, version }: LockedLedgerAccount,
  changes: LedgerAccountChanges,
): Promise<void> {
  const { affected } = await transaction.manager.update(LedgerAccountEntity, { code, version }, { ...changes, version: version + 1 });
  invariant(affected === 1, 'a ledger account was changed without its lock');
}
