import { instantFromDatabase, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { sql } from '../../connection/sql';

export const LEDGER_ACCOUNT_KINDS = ['ASSET', 'LIABILITY', 'EQUITY', 'REVENUE', 'EXPENSE'] as const;
export type LedgerAccountKind = (typeof LEDGER_ACCOUNT_KINDS)[number];

export const LEDGER_ACCOUNT_STATUSES = ['ACTIVE', 'RETIRED'] as const;
export type LedgerAccountStatus = (typeof LEDGER_ACCOUNT_STATUSES)[number];

/** A ledger account 会计科目: a heading of the operator's books, the same for all its legal entities. */
export interface LedgerAccount {
  readonly id: Id<'ledgerAccount'>;
  /** 4 to 12 digits; those of a heading come before those of what is below it. */
  readonly code: string;
  readonly name: string;
  readonly nameEn: string | null;
  readonly kind: LedgerAccountKind;
  /** Kept for each account apart 辅助核算, with a balance of its own there. */
  readonly byAccount: boolean;
  readonly status: LedgerAccountStatus;
  readonly version: number;
  readonly createdAt: Instant;
}

export interface LedgerAccountRow {
  readonly id: Id<'ledgerAccount'>;
  readonly code: string;
  readonly name: string;
  readonly name_en: string | null;
  readonly kind: LedgerAccountKind;
  readonly by_account: boolean;
  readonly status: LedgerAccountStatus;
  readonly version: number;
  readonly created_at: string;
}

/** The columns of {@link LedgerAccountRow}, of the alias `g`. */
export const LEDGER_ACCOUNT_COLUMNS = sql`g.id, g.code, g.name, g.name_en, g.kind, g.by_account, g.status, g.version, g.created_at`;

export function toLedgerAccount(row: LedgerAccountRow): LedgerAccount {
  const { id, code, name, name_en: nameEn, kind, by_account: byAccount, status, version } = row;
  return { id, code, name, nameEn, kind, byAccount, status, version, createdAt: instantFromDatabase(row.created_at) };
}
