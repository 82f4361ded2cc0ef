import { sql } from '../../connection/sql';
import type { Id } from '../../../kernel/id';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';
import { SUBSCRIBER_COLUMNS, type SubscriberRow } from './subscriber';
import type { LockedSubscriber } from './write-subscriber';

/*
 * What hangs on a customer or an account, for the processes that close, merge and split them. They must see all of it, and so
 * pass the system's scope: a rule is asked here, and nothing of the rows is shown.
 */

/** Whether a subscriber that is not closed has the customer in a role, now or later. */
export async function hasOpenSubscribers(context: ScopedRead, customerId: Id<'customer'>): Promise<boolean> {
  const [row] = await context.sql.query<{ found: boolean }>(sql`
    SELECT EXISTS (
      SELECT FROM subscriber_customer f JOIN subscriber s ON s.id = f.subscriber_id AND ${visibleTo(context.scope, 'subscriber:read', 's')}
      WHERE f.customer_id = ${customerId} AND upper_inf(f.recorded) AND f.valid && tstzrange(${context.now}, NULL) AND s.closed_at IS NULL
    ) AS found`);
  return row?.found === true;
}

/** Whether the account pays for a subscriber, now or later. */
export async function paysForSubscribers(context: ScopedRead, accountId: Id<'account'>): Promise<boolean> {
  const [row] = await context.sql.query<{ found: boolean }>(sql`
    SELECT EXISTS (
      SELECT FROM payment_relation f JOIN subscriber s ON s.id = f.subscriber_id AND ${visibleTo(context.scope, 'subscriber:read', 's')}
      WHERE f.account_id = ${accountId} AND upper_inf(f.recorded) AND f.valid && tstzrange(${context.now}, NULL)
    ) AS found`);
  return row?.found === true;
}

/** Locks at most `limit` subscribers that have the customer in a role, now or later, in the order of their ids. */
export async function lockSubscribersOfCustomer(
  context: ScopedRead,
  customerId: Id<'customer'>,
  limit: number,
): Promise<LockedSubscriber[]> {
  return context.sql.query<SubscriberRow>(sql`
    SELECT ${SUBSCRIBER_COLUMNS} FROM subscriber s
    WHERE s.id IN (
      SELECT f.subscriber_id FROM subscriber_customer f
      WHERE f.customer_id = ${customerId} AND upper_inf(f.recorded) AND f.valid && tstzrange(${context.now}, NULL)
    ) AND ${visibleTo(context.scope, 'subscriber:write', 's')}
    ORDER BY s.id LIMIT ${limit} FOR NO KEY UPDATE OF s`);
}

/** Locks at most `limit` subscribers that the account pays for, now or later, in the order of their ids. */
export async function lockSubscribersOfAccount(context: ScopedRead, accountId: Id<'account'>, limit: number): Promise<LockedSubscriber[]> {
  return context.sql.query<SubscriberRow>(sql`
    SELECT ${SUBSCRIBER_COLUMNS} FROM subscriber s
    WHERE s.id IN (
      SELECT f.subscriber_id FROM payment_relation f
      WHERE f.account_id = ${accountId} AND upper_inf(f.recorded) AND f.valid && tstzrange(${context.now}, NULL)
    ) AND ${visibleTo(context.scope, 'subscriber:write', 's')}
    ORDER BY s.id LIMIT ${limit} FOR NO KEY UPDATE OF s`);
}
