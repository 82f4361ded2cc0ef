import type { Transaction } from '../../connection/core-database';
import { among, raw, sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import type { CurrencyCode } from '../../../kernel/money';
import type { Permission } from '../../../kernel/scope';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';
import { ACCOUNT_COLUMNS, type AccountRow } from './account';
import { AccountEntity } from './account.entity';

/** An account as it stands in its locked row. */
export type LockedAccount = AccountRow;

/** What accounts are locked for: `change` by one at a time; `hold` keeps them as they are, for any number of holders. */
export type AccountLock = 'change' | 'hold';

/** Locks accounts in the order of their ids; those in scope only. Locks are held to the end of the transaction. */
export async function lockAccounts(
  context: ScopedRead,
  ids: readonly Id<'account'>[],
  permission: Permission,
  lock: AccountLock = 'change',
): Promise<LockedAccount[]> {
  return context.sql.query<AccountRow>(sql`
    SELECT ${ACCOUNT_COLUMNS} FROM account a
    WHERE a.id ${among(ids)} AND ${visibleTo(context.scope, permission, 'a')}
    ORDER BY a.id ${raw(lock === 'change' ? 'FOR NO KEY UPDATE OF a' : 'FOR SHARE OF a')}`);
}

/** Whose an account in scope is at this moment: not locked, so asked again of the locked row. */
export async function selectOwnerId(context: ScopedRead, id: Id<'account'>, permission: Permission): Promise<Id<'customer'> | undefined> {
  const [row] = await context.sql.query<{ customer_id: Id<'customer'> }>(sql`
    SELECT a.customer_id FROM account a WHERE a.id = ${id} AND ${visibleTo(context.scope, permission, 'a')}`);
  return row?.customer_id;
}

export type AccountChanges = Partial<
  Pick<AccountEntity, 'name' | 'organisationId' | 'currency' | 'ratingType' | 'paymentMethod' | 'attributes' | 'status' | 'mergedIntoId'>
>;

/** Changes a locked account and moves its version on. */
export async function updateAccount(transaction: Transaction, account: LockedAccount, changes: AccountChanges): Promise<void> {
  const { id, version } = account;
  const updated = await transaction.manager.update(AccountEntity, { id, version }, { ...changes, version: version + 1 });
  invariant(updated.affected === 1, 'an account was changed without its lock');
}

/** Whether a customer has an account that is open. */
export async function hasOpenAccounts(context: ScopedRead, customerId: Id<'customer'>): Promise<boolean> {
  const [row] = await context.sql.query<{ found: boolean }>(sql`
    SELECT EXISTS (
      SELECT FROM account a
      WHERE a.customer_id = ${customerId} AND a.status = 'ACTIVE' AND ${visibleTo(context.scope, 'account:read', 'a')}
    ) AS found`);
  return row?.found === true;
}

/** Locks at most `limit` accounts of a customer for a change, in the order of their ids. */
export async function lockAccountsOfCustomer(context: ScopedRead, customerId: Id<'customer'>, limit: number): Promise<LockedAccount[]> {
  return context.sql.query<AccountRow>(sql`
    SELECT ${ACCOUNT_COLUMNS} FROM account a
    WHERE a.customer_id = ${customerId} AND ${visibleTo(context.scope, 'account:write', 'a')}
    ORDER BY a.id LIMIT ${limit} FOR NO KEY UPDATE OF a`);
}

/** Gives locked accounts to another customer, and moves their versions on. */
export async function updateAccountsCustomer(
  transaction: Transaction,
  ids: readonly Id<'account'>[],
  customerId: Id<'customer'>,
): Promise<void> {
  await transaction.query(sql`UPDATE account SET customer_id = ${customerId}, version = version + 1 WHERE id = ANY (${ids}::uuid[])`);
}

/** Moves the versions of locked accounts on, of which a fact has changed. */
export async function touchAccounts(transaction: Transaction, ids: readonly Id<'account'>[]): Promise<void> {
  await transaction.query(sql`UPDATE account SET version = version + 1 WHERE id = ANY (${ids}::uuid[])`);
}

/** What a charge asks of an account. */
export interface ChargedAccount {
  readonly id: Id<'account'>;
  readonly currency: CurrencyCode;
  /** Whether it has been marked: not, where another marks it at this moment. */
  readonly charged: boolean;
}

/**
 * Marks accounts as charged from now on, those that are not yet, and reads what charges ask of them. The mark fixes the currency and is
 * nobody's change: the version stays, so that no clerk is told of another's change that he cannot see. Where all are marked already
 * nothing is locked. Asks no scope: who charges an account has found it in his.
 */
export async function markFirstCharged(transaction: Transaction, ids: readonly Id<'account'>[], now: Instant): Promise<ChargedAccount[]> {
  return transaction.query<ChargedAccount>(sql`
    WITH marked AS (
      UPDATE account SET first_charged_at = ${now}
      FROM (SELECT a.id FROM account a WHERE a.id ${among(ids)} AND a.first_charged_at IS NULL
            ORDER BY a.id FOR NO KEY UPDATE OF a) AS uncharged
      WHERE account.id = uncharged.id
      RETURNING account.id, account.currency
    )
    SELECT a.id, coalesce(marked.currency, a.currency) AS currency, marked.id IS NOT NULL OR a.first_charged_at IS NOT NULL AS charged
    FROM account a LEFT JOIN marked ON marked.id = a.id
    WHERE a.id ${among(ids)}`);
}
