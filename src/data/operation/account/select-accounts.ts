import type { Id } from '../../../kernel/id';
import { toPage, type Page, type PageRequest } from '../../../kernel/page';
import { toPagesByParent } from '../../../kernel/pages-by-parent';
import { among, empty, join, raw, sql, type Sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';
import { ACCOUNT_COLUMNS, toAccount, type Account, type AccountRow, type AccountStatus, type RatingType } from './account';

/** Accounts by id, those in scope only; one statement for any number. */
export async function selectAccountsById(context: ScopedRead, ids: readonly Id<'account'>[]): Promise<Account[]> {
  const rows = await context.sql.query<AccountRow>(sql`
    SELECT ${ACCOUNT_COLUMNS} FROM account a
    WHERE a.id ${among(ids)} AND ${visibleTo(context.scope, 'account:read', 'a')}`);
  return rows.map(toAccount);
}

/** One page of the accounts of each customer, oldest first; one statement for any number of customers. */
export async function selectAccountsOfCustomers(
  context: ScopedRead,
  customerIds: readonly Id<'customer'>[],
  page: PageRequest,
): Promise<ReadonlyMap<Id<'customer'>, Page<Account>>> {
  const rows = await context.sql.query<AccountRow>(sql`
    SELECT a.* FROM unnest(${customerIds}::uuid[]) AS asked (id)
    CROSS JOIN LATERAL (
      SELECT ${ACCOUNT_COLUMNS} FROM account a
      WHERE a.customer_id = asked.id AND ${visibleTo(context.scope, 'account:read', 'a')} ${afterCursor(page)}
      ORDER BY a.id LIMIT ${page.first + 1}
    ) a`);
  return toPagesByParent(customerIds, rows, page.first, { parentOf: (row) => row.customer_id, toItem: toAccount });
}

/** What a clerk knows of the account that is looked for. Every part given must hold. */
export interface AccountFilter {
  readonly accountNo?: string;
  readonly customerId?: Id<'customer'>;
  /** Accounts at this node and below it. */
  readonly organisationId?: Id<'organisation'>;
  readonly status?: AccountStatus;
  readonly ratingType?: RatingType;
}

/** One page of accounts in the order of their ids (oldest first). */
export async function searchAccounts(context: ScopedRead, filter: AccountFilter, page: PageRequest): Promise<Page<Account>> {
  const conditions = [visibleTo(context.scope, 'account:read', 'a'), ...conditionsOf(filter)];
  const rows = await context.sql.query<AccountRow>(sql`
    SELECT ${ACCOUNT_COLUMNS} FROM account a
    WHERE ${join(conditions, ' AND ')} ${afterCursor(page)}
    ORDER BY a.id LIMIT ${page.first + 1}`);
  return toPage(rows.map(toAccount), page.first);
}

function conditionsOf(filter: AccountFilter): Sql[] {
  const conditions: Sql[] = [];
  const equal = (column: string, value: string | undefined): void => {
    if (value !== undefined) conditions.push(sql`a.${raw(column)} = ${value}`);
  };
  equal('account_no', filter.accountNo);
  equal('customer_id', filter.customerId);
  equal('status', filter.status);
  equal('rating_type', filter.ratingType);
  if (filter.organisationId !== undefined) {
    conditions.push(
      sql`a.organisation_id IN (
        SELECT below.descendant_id FROM organisation_closure below WHERE below.ancestor_id = ${filter.organisationId})`,
    );
  }
  return conditions;
}

function afterCursor(page: PageRequest): Sql {
  return page.after === null ? empty : sql`AND a.id > ${page.after[0]}::uuid`;
}
