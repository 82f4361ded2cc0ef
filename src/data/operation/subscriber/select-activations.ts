import { instantFromDatabase, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { SqlRunner } from '../../connection/run-statement';
import { sql } from '../../connection/sql';

/**
 * When subscribers that were opened ahead 预开户 were put in service 激活, as is known now; those that were opened in service, or are not in
 * service yet, have none. Whoever asks has locked the subscribers: no scope is asked.
 */
export async function selectActivations(
  { sql: runner }: { readonly sql: SqlRunner },
  subscriberIds: readonly Id<'subscriber'>[],
): Promise<ReadonlyMap<Id<'subscriber'>, Instant>> {
  const rows = await runner.query<{ subscriber_id: Id<'subscriber'>; at: string }>(sql`
    SELECT f.subscriber_id, max(upper(f.valid)) AS at FROM subscriber_status f
    WHERE f.subscriber_id = ANY (${subscriberIds}::uuid[]) AND f.status = 'pendingActive' AND upper_inf(f.recorded) AND NOT upper_inf(f.valid)
    GROUP BY f.subscriber_id`);
  return new Map(rows.map((row) => [row.subscriber_id, instantFromDatabase(row.at)]));
}
