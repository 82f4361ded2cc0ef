import { toPage, type Page, type PageRequest } from '../../../kernel/page';
import { sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import {
  LEDGER_ACCOUNT_COLUMNS,
  toLedgerAccount,
  type LedgerAccount,
  type LedgerAccountKind,
  type LedgerAccountRow,
  type LedgerAccountStatus,
} from './ledger-account';

/** Ledger accounts by code. They stand at no node: whoever holds `ledger:read` anywhere sees them all, others none. */
export async function selectLedgerAccounts(context: ScopedRead, codes: readonly string[]): Promise<LedgerAccount[]> {
  if (!context.scope.permits('ledger:read')) return [];
  const rows = await context.sql.query<LedgerAccountRow>(sql`
    SELECT ${LEDGER_ACCOUNT_COLUMNS} FROM ledger_account g WHERE g.code = ANY (${codes}::text[])`);
  return rows.map(toLedgerAccount);
}

/** Every part given must hold. */
export interface LedgerAccountFilter {
  readonly kind?: LedgerAccountKind;
  readonly status?: LedgerAccountStatus;
  /** The heading and what is below it: 2241 finds 224101. */
  readonly codePrefix?: string;
}

/** One page of the chart of accounts 会计科目表 in the order of the codes; the cursor is (code). One text serves every filter: they are hundreds. */
export async function listLedgerAccounts(
  context: ScopedRead,
  filter: LedgerAccountFilter,
  page: PageRequest,
): Promise<Page<LedgerAccount>> {
  if (!context.scope.permits('ledger:read')) return { rows: [], hasNextPage: false };
  const { kind = null, status = null, codePrefix = null } = filter;
  const rows = await context.sql.query<LedgerAccountRow>(sql`
    SELECT ${LEDGER_ACCOUNT_COLUMNS} FROM ledger_account g
    WHERE g.code > ${page.after?.[0] ?? ''}::text
      AND (${kind}::text IS NULL OR g.kind = ${kind}::text)
      AND (${status}::text IS NULL OR g.status = ${status}::text)
      AND (${codePrefix}::text IS NULL OR starts_with(g.code, ${codePrefix}::text))
    ORDER BY g.code LIMIT ${page.first + 1}`);
  return toPage(rows.map(toLedgerAccount), page.first);
}
