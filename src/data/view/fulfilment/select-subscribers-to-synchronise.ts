import type { SqlRunner } from '../../connection/run-statement';
import { sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';

/** A subscriber for which something began or ended by itself. */
export interface ChangedAhead {
  readonly subscriberId: Id<'subscriber'>;
  readonly organisationId: Id<'organisation'>;
  /** The last instant at which it did, in microseconds since 1970. */
  readonly at: string;
}

/**
 * Subscribers of some lines for which a product that was recorded ahead has begun or ended since an instant, or that were changed by no
 * order, while no order has had the network told since. Any of them: those whose order is refused again and again must not stand in
 * the way of the others. For the system: no scope is asked.
 */
export function selectSubscribersToSynchronise(
  { sql: runner, now }: { readonly sql: SqlRunner; readonly now: Instant },
  { lines, since, limit }: { readonly lines: readonly string[]; readonly since: Instant; readonly limit: number },
): Promise<ChangedAhead[]> {
  return runner.query<ChangedAhead>(sql`
    SELECT s.id AS "subscriberId", s.organisation_id AS "organisationId", (extract(epoch FROM max(c.at)) * 1000000)::bigint::text AS at
    FROM (SELECT a.subscriber_id, a.at
          FROM (SELECT subscriber_id, lower(valid) AS at FROM subscriber_product
                WHERE upper_inf(recorded) AND lower(valid) > lower(recorded) AND lower(valid) > ${since} AND lower(valid) <= ${now}
                UNION ALL
                SELECT subscriber_id, upper(valid) FROM subscriber_product
                WHERE upper_inf(recorded) AND upper(valid) > lower(recorded) AND upper(valid) > ${since} AND upper(valid) <= ${now}) a
          WHERE NOT EXISTS (SELECT FROM order_item i JOIN product_order o ON o.id = i.order_id
                            WHERE i.subscriber_id = a.subscriber_id AND i.kind = 'SYNCHRONISE' AND o.created_at >= a.at)
          UNION ALL
          SELECT subscriber_id, due_at FROM network_untold WHERE due_at <= ${now}) c
      JOIN subscriber s ON s.id = c.subscriber_id AND s.status IN ('active', 'suspended') AND s.service_type = ANY (${lines}::text[])
    WHERE NOT EXISTS (SELECT FROM order_item i JOIN fulfilment f ON f.order_id = i.order_id
                      WHERE i.subscriber_id = s.id AND f.ended_at IS NULL)
    GROUP BY s.id, s.organisation_id ORDER BY random() LIMIT ${limit}`);
}
