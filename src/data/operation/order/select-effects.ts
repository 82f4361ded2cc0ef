import { instantFromDatabase, instantToText, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import { orderVisibleTo } from './order-visible-to';

/** An instant at which something of a subscriber began or ended. */
export interface EffectAt {
  readonly subscriberId: Id<'subscriber'>;
  readonly at: Instant;
}

export interface EffectOfOrder extends EffectAt {
  readonly orderId: Id<'order'>;
}

/** The orders in scope whose items took effect on subscribers at instants: one for each, the last where there were several. */
export async function selectEffects(context: ScopedRead, asked: readonly EffectAt[]): Promise<EffectOfOrder[]> {
  const rows = await context.sql.query<{ subscriber_id: Id<'subscriber'>; effective_at: string; order_id: Id<'order'> }>(sql`
    SELECT DISTINCT ON (i.subscriber_id, i.effective_at) i.subscriber_id, i.effective_at, i.order_id
    FROM unnest(${asked.map(({ subscriberId }) => subscriberId)}::uuid[], ${asked.map(({ at }) => instantToText(at))}::timestamptz[])
           AS asked (subscriber_id, effective_at)
    JOIN order_item i ON i.subscriber_id = asked.subscriber_id AND i.effective_at = asked.effective_at
    JOIN product_order o ON o.id = i.order_id AND ${orderVisibleTo(context.scope, 'order:read', 'o')}
    ORDER BY i.subscriber_id, i.effective_at, i.order_id DESC`);
  return rows.map((row) => ({ subscriberId: row.subscriber_id, at: instantFromDatabase(row.effective_at), orderId: row.order_id }));
}
