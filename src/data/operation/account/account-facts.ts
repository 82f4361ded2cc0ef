import type { Id } from '../../../kernel/id';
import type { Page, PageRequest } from '../../../kernel/page';
import { toPagesByParent } from '../../../kernel/pages-by-parent';
import { empty, raw, sql } from '../../connection/sql';
import { DATED_COLUMNS, dated, type Dated, type DatedRow } from '../dated-fact/dated';
import { factAt, type FactTime } from '../dated-fact/fact-at';
import { selectFacts, type FactOwner } from '../dated-fact/select-facts';
import type { FactTable } from '../dated-fact/write-dated-fact';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';

export const PAYERS = ['SELF', 'PARENT'] as const;
export type Payer = (typeof PAYERS)[number];

export const BILLING_DAY_FACT: FactTable = { name: 'account_billing_day', columns: ['account_id', 'day'] };
export const PARENT_FACT: FactTable = {
  name: 'account_parent',
  columns: ['account_id', 'parent_account_id', 'payer', 'consolidated_bill'],
};

/** The day of the month on which the account's period begins 账期日; in shorter months, their last day. */
export interface BillingDay extends Dated {
  readonly accountId: Id<'account'>;
  readonly day: number;
}

/** `accountId` stands below `parentAccountId`: who pays, and whether the parent's bill shows it all. */
export interface AccountParent extends Dated {
  readonly accountId: Id<'account'>;
  readonly parentAccountId: Id<'account'>;
  readonly payer: Payer;
  readonly consolidatedBill: boolean;
}

const OWNER: FactOwner = { table: 'account', permission: 'account:read' };

export async function selectBillingDays(context: ScopedRead, ids: readonly Id<'account'>[], time: FactTime): Promise<BillingDay[]> {
  const fact = { ...BILLING_DAY_FACT, key: 'account_id' };
  const rows = await selectFacts<{ account_id: Id<'account'>; day: number }>(context, OWNER, fact, ids, time);
  return rows.map((row) => dated(row, { accountId: row.account_id, day: row.day }));
}

interface ParentRow extends DatedRow {
  readonly account_id: Id<'account'>;
  readonly parent_account_id: Id<'account'>;
  readonly payer: Payer;
  readonly consolidated_bill: boolean;
}

function toAccountParent(row: ParentRow): AccountParent {
  return dated(row, {
    accountId: row.account_id,
    parentAccountId: row.parent_account_id,
    payer: row.payer,
    consolidatedBill: row.consolidated_bill,
  });
}

/** What parent each account has; the parent itself may lie outside the scope. */
export async function selectAccountParents(context: ScopedRead, ids: readonly Id<'account'>[], time: FactTime): Promise<AccountParent[]> {
  const rows = await selectFacts<ParentRow>(context, OWNER, { ...PARENT_FACT, key: 'account_id' }, ids, time);
  return rows.map(toAccountParent);
}

/** One page of the accounts below each account, parent and child both in scope. The cursor is the child's id. */
export async function selectChildAccounts(
  context: ScopedRead,
  parentIds: readonly Id<'account'>[],
  time: FactTime,
  page: PageRequest,
): Promise<ReadonlyMap<Id<'account'>, Page<AccountParent>>> {
  const rows = await context.sql.query<ParentRow>(sql`
    SELECT f.* FROM unnest(${parentIds}::uuid[]) AS asked (id)
    JOIN account p ON p.id = asked.id AND ${visibleTo(context.scope, 'account:read', 'p')}
    CROSS JOIN LATERAL (
      SELECT ${raw(PARENT_FACT.columns.map((column) => `f.${column}`).join(', '))}, ${DATED_COLUMNS}
      FROM account_parent f
      JOIN account a ON a.id = f.account_id AND ${visibleTo(context.scope, 'account:read', 'a')}
      WHERE f.parent_account_id = asked.id AND ${factAt('f', time)} ${page.after === null ? empty : sql`AND a.id > ${page.after[0]}::uuid`}
      ORDER BY a.id LIMIT ${page.first + 1}
    ) f`);
  return toPagesByParent(parentIds, rows, page.first, { parentOf: (row) => row.parent_account_id, toItem: toAccountParent });
}
