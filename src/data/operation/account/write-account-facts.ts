import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { Period } from '../../../kernel/period';
import { lockHierarchy, standsAboveItself, type Hierarchy } from '../dated-fact/hierarchy';
import { moveDatedFacts } from '../dated-fact/move-dated-facts';
import { writeDatedFact } from '../dated-fact/write-dated-fact';
import { BILLING_DAY_FACT, PARENT_FACT, type Payer } from './account-facts';

/** Gives an account another billing day for a time; returns the days that it replaces. */
export async function writeBillingDay(
  transaction: Transaction,
  accountId: Id<'account'>,
  day: number,
  valid: Period,
  now: Instant,
): Promise<readonly number[]> {
  const { replaced } = await writeDatedFact<{ account_id: string; day: number }>(transaction, BILLING_DAY_FACT, {
    key: { account_id: accountId },
    fact: { day },
    valid,
    now,
  });
  return replaced.map((row) => row.day);
}

/** The billing day of an account at an instant, of a locked account. */
export async function billingDayAt(transaction: Transaction, accountId: Id<'account'>, at: Instant): Promise<number | undefined> {
  const [row] = await transaction.query<{ day: number }>(sql`
    SELECT f.day FROM account_billing_day f
    WHERE f.account_id = ${accountId} AND upper_inf(f.recorded) AND f.valid @> ${at}::timestamptz`);
  return row?.day;
}

/** What an account's place below another says. */
export type ParentLink = {
  readonly parentAccountId: Id<'account'>;
  readonly payer: Payer;
  readonly consolidatedBill: boolean;
};

/** Puts an account below another for a time, or below none; returns what stood above it then. */
export async function writeParent(
  transaction: Transaction,
  accountId: Id<'account'>,
  link: ParentLink | null,
  valid: Period,
  now: Instant,
): Promise<readonly ParentLink[]> {
  const { replaced } = await writeDatedFact<{ account_id: string; parent_account_id: string; payer: string; consolidated_bill: boolean }>(
    transaction,
    PARENT_FACT,
    {
      key: { account_id: accountId },
      fact: link === null ? null : { parent_account_id: link.parentAccountId, payer: link.payer, consolidated_bill: link.consolidatedBill },
      valid,
      now,
    },
  );
  return replaced.map((row) => ({
    parentAccountId: row.parent_account_id as Id<'account'>,
    payer: row.payer as Payer,
    consolidatedBill: row.consolidated_bill,
  }));
}

const PARENTS: Hierarchy = { table: 'account_parent', child: 'account_id', parent: 'parent_account_id' };

/** Keeps everyone else from changing what stands above what, to the end of the transaction. Taken after the accounts' rows. */
export function lockParents(transaction: Transaction): Promise<void> {
  return lockHierarchy(transaction, PARENTS);
}

/** Whether an account stands above itself at any instant from `from` on; asked after the write, with {@link lockParents}. */
export function isItsOwnParent(transaction: Transaction, accountId: Id<'account'>, from: Instant): Promise<boolean> {
  return standsAboveItself(transaction, PARENTS, accountId, from);
}

/** The accounts that stand below this one, now or later. */
export async function selectChildIds(
  transaction: Transaction,
  accountId: Id<'account'>,
  now: Instant,
  limit: number,
): Promise<Id<'account'>[]> {
  const rows = await transaction.query<{ account_id: Id<'account'> }>(sql`
    SELECT DISTINCT f.account_id FROM account_parent f
    WHERE f.parent_account_id = ${accountId} AND upper_inf(f.recorded) AND f.valid && tstzrange(${now}, NULL)
    ORDER BY f.account_id LIMIT ${limit}`);
  return rows.map((row) => row.account_id);
}

/** Whether an account stands above or below another, now or later: their currencies must then agree. */
export async function hasRelatives(transaction: Transaction, accountId: Id<'account'>, now: Instant): Promise<boolean> {
  const [row] = await transaction.query<{ found: boolean }>(sql`
    SELECT EXISTS (
      SELECT FROM account_parent f
      WHERE (f.account_id = ${accountId} OR f.parent_account_id = ${accountId})
        AND upper_inf(f.recorded) AND f.valid && tstzrange(${now}, NULL)
    ) AS found`);
  return row?.found === true;
}

/** The children of one account stand below another from now on; the other does not come to stand below itself. */
export async function moveChildren(transaction: Transaction, from: Id<'account'>, to: Id<'account'>, now: Instant): Promise<void> {
  await moveDatedFacts(transaction, PARENT_FACT, { column: 'parent_account_id', from, to, now, sameBy: null, otherColumn: 'account_id' });
}
