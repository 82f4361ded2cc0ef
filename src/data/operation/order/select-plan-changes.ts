import type { Id } from '../../../kernel/id';
import { sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import { orderVisibleTo } from './order-visible-to';

/** An item of an order that has another plan follow the one that is held. */
export interface PlanChange {
  readonly quotationId: Id<'quotation'>;
  readonly itemNo: number;
  readonly customerId: Id<'customer'>;
}

/** The items that are done and had, or have, another plan follow an instance of a subscriber. */
export function selectPlanChangesOf(
  context: ScopedRead,
  subscriberId: Id<'subscriber'>,
  instanceId: Id<'productInstance'>,
): Promise<PlanChange[]> {
  return context.sql.query<PlanChange>(sql`
    SELECT o.quotation_id AS "quotationId", i.item_no AS "itemNo", o.customer_id AS "customerId"
    FROM order_item i JOIN product_order o ON o.id = i.order_id
    WHERE i.subscriber_id = ${subscriberId} AND i.kind = 'CHANGE_PLAN' AND i.state = 'completed'
      AND i.content->>'replacesId' = ${instanceId}::text AND ${orderVisibleTo(context.scope, 'order:read', 'o')}`);
}
