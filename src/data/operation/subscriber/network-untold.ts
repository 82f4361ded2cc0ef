import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';

/** Notes that the network is to be told of a subscriber at an instant: it was, or will then be, changed by no order. */
export async function insertNetworkUntold(transaction: Transaction, subscriberId: Id<'subscriber'>, dueAt: Instant): Promise<void> {
  await transaction.query(sql`
    INSERT INTO network_untold (subscriber_id, due_at) VALUES (${subscriberId}, ${dueAt}) ON CONFLICT DO NOTHING`);
}

/** Forgets what is due by an instant; null: all. */
export async function deleteNetworkUntold(transaction: Transaction, subscriberId: Id<'subscriber'>, until: Instant | null): Promise<void> {
  await transaction.query(sql`
    DELETE FROM network_untold WHERE subscriber_id = ${subscriberId} AND due_at <= coalesce(${until}::timestamptz, 'infinity')`);
}
