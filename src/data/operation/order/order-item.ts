import { optionalInstant, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { Permission } from '../../../kernel/scope';
import type { Json } from '../../../kernel/stable-json';
import { among, sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import { orderVisibleTo } from './order-visible-to';
import type { ItemAction, OrderItemState } from './order-state';

/** One thing that an order does. */
export interface OrderItem {
  readonly orderId: Id<'order'>;
  readonly itemNo: number;
  readonly kind: string;
  readonly action: ItemAction;
  readonly state: OrderItemState;
  /** Of an opening, known before the subscriber is there. */
  readonly subscriberId: Id<'subscriber'> | null;
  readonly serviceType: string | null;
  /** What was asked for, in the form of the kind. */
  readonly content: Json;
  /** What came of it; null while nothing has. */
  readonly result: Json;
  /** From when on its effect holds. */
  readonly effectiveAt: Instant | null;
}

export interface OrderItemRow {
  readonly order_id: Id<'order'>;
  readonly item_no: number;
  readonly kind: string;
  readonly action: ItemAction;
  readonly state: OrderItemState;
  readonly subscriber_id: Id<'subscriber'> | null;
  readonly service_type: string | null;
  readonly content: Json;
  readonly result: Json;
  readonly effective_at: string | null;
}

/** The columns of {@link OrderItemRow}, of the alias `i`. */
export const ITEM_COLUMNS = sql`i.order_id, i.item_no, i.kind, i.action, i.state, i.subscriber_id, i.service_type, i.content, i.result, i.effective_at`;

export function toOrderItem(row: OrderItemRow): OrderItem {
  return {
    orderId: row.order_id,
    itemNo: row.item_no,
    kind: row.kind,
    action: row.action,
    state: row.state,
    subscriberId: row.subscriber_id,
    serviceType: row.service_type,
    content: row.content,
    result: row.result,
    effectiveAt: optionalInstant(row.effective_at),
  };
}

/** The items of many orders in scope, in their order; an order has a bounded number. */
export async function selectOrderItems(
  context: ScopedRead,
  orderIds: readonly Id<'order'>[],
  permission: Permission = 'order:read',
): Promise<OrderItem[]> {
  const rows = await context.sql.query<OrderItemRow>(sql`
    SELECT ${ITEM_COLUMNS} FROM product_order o JOIN order_item i ON i.order_id = o.id
    WHERE o.id ${among(orderIds)} AND ${orderVisibleTo(context.scope, permission, 'o')}
    ORDER BY i.order_id, i.item_no`);
  return rows.map(toOrderItem);
}

/** The latest item of a kind that was done for a subscriber, of an order in scope. */
export async function selectLatestDone(context: ScopedRead, subscriberId: Id<'subscriber'>, kind: string): Promise<OrderItem | undefined> {
  const [row] = await context.sql.query<OrderItemRow>(sql`
    SELECT ${ITEM_COLUMNS} FROM order_item i JOIN product_order o ON o.id = i.order_id
    WHERE i.subscriber_id = ${subscriberId} AND i.kind = ${kind} AND i.state = 'completed' AND ${orderVisibleTo(context.scope, 'order:read', 'o')}
    ORDER BY i.order_id DESC, i.item_no DESC LIMIT 1`);
  return row === undefined ? undefined : toOrderItem(row);
}
