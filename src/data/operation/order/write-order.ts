import type { Transaction } from '../../connection/core-database';
import { insertRow } from '../../connection/insert-row';
import { sql } from '../../connection/sql';
import { instantToText, type Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import type { Permission } from '../../../kernel/scope';
import type { Json } from '../../../kernel/stable-json';
import type { ScopedRead } from '../read-context';
import { orderVisibleTo } from './order-visible-to';
import type { OrderActor } from './order-actor';
import type { OrderItem } from './order-item';
import type { OrderState } from './order-state';
import { ORDER_COLUMNS, toOrder, type ProductOrder, type ProductOrderRow } from './product-order';
import { ProductOrderEntity } from './product-order.entity';

/** Reads an order in scope of a permission, without a lock: what it touches is locked before it, so it is asked again then. */
export async function selectOrderFor(context: ScopedRead, id: Id<'order'>, permission: Permission): Promise<ProductOrder | undefined> {
  const [row] = await context.sql.query<ProductOrderRow>(sql`
    SELECT ${ORDER_COLUMNS} FROM product_order o WHERE o.id = ${id} AND ${orderVisibleTo(context.scope, permission, 'o')}`);
  return row === undefined ? undefined : toOrder(row);
}

/** Locks an order in scope for a change, to the end of the transaction. */
export async function lockOrder(context: ScopedRead, id: Id<'order'>, permission: Permission): Promise<ProductOrder | undefined> {
  const [row] = await context.sql.query<ProductOrderRow>(sql`
    SELECT ${ORDER_COLUMNS} FROM product_order o WHERE o.id = ${id} AND ${orderVisibleTo(context.scope, permission, 'o')}
    FOR NO KEY UPDATE OF o`);
  return row === undefined ? undefined : toOrder(row);
}

export type NewOrder = Omit<ProductOrderEntity, 'orderNo' | 'version'>;

export async function insertOrder(transaction: Transaction, order: NewOrder): Promise<{ orderNo: string }> {
  const { orderNo } = await insertRow(transaction, ProductOrderEntity, { ...order, version: 1 });
  invariant(orderNo !== undefined, 'an order is given its number');
  return { orderNo };
}

export type OrderChanges = Partial<Omit<ProductOrderEntity, 'id' | 'orderNo' | 'version' | 'createdAt' | 'customerId' | 'organisationId'>>;

/** Changes a locked order and moves its version on. */
export async function updateOrder(
  transaction: Transaction,
  { id, version }: Pick<ProductOrder, 'id' | 'version'>,
  changes: OrderChanges,
): Promise<void> {
  const updated = await transaction.manager.update(ProductOrderEntity, { id, version }, { ...changes, version: version + 1 });
  invariant(updated.affected === 1, 'an order was changed without its lock');
}

/** Writes the items of a locked order as they now are: new ones, and those that were there. */
export async function writeOrderItems(transaction: Transaction, items: readonly OrderItem[]): Promise<void> {
  if (items.length === 0) return;
  const json = (value: Json): string | null => (value === null ? null : JSON.stringify(value));
  await transaction.query(sql`
    INSERT INTO order_item (order_id, item_no, kind, action, state, subscriber_id, service_type, content, result, effective_at)
    SELECT order_id, item_no, kind, action, state, subscriber_id, service_type, content::jsonb, result::jsonb, effective_at
    FROM unnest(${items.map(({ orderId }) => orderId)}::uuid[], ${items.map(({ itemNo }) => itemNo)}::integer[],
                ${items.map(({ kind }) => kind)}::text[], ${items.map(({ action }) => action)}::text[],
                ${items.map(({ state }) => state)}::text[], ${items.map(({ subscriberId }) => subscriberId)}::uuid[],
                ${items.map(({ serviceType }) => serviceType)}::text[], ${items.map(({ content }) => json(content))}::text[],
                ${items.map(({ result }) => json(result))}::text[],
                ${items.map(({ effectiveAt }) => (effectiveAt === null ? null : instantToText(effectiveAt)))}::timestamptz[])
         AS r (order_id, item_no, kind, action, state, subscriber_id, service_type, content, result, effective_at)
    ON CONFLICT (order_id, item_no) DO UPDATE SET kind = excluded.kind, action = excluded.action, state = excluded.state,
      subscriber_id = excluded.subscriber_id, service_type = excluded.service_type, content = excluded.content,
      result = excluded.result, effective_at = excluded.effective_at`);
}

/** Takes away the items of a locked order past the first `count`: an amendment has fewer. */
export async function deleteItemsAfter(transaction: Transaction, orderId: Id<'order'>, count: number): Promise<void> {
  await transaction.query(sql`DELETE FROM order_item WHERE order_id = ${orderId} AND item_no > ${count}`);
}

export interface NewOrderEvent {
  readonly itemNo: number | null;
  readonly from: OrderState | null;
  readonly to: OrderState;
  readonly reason: string;
  readonly note: string | null;
}

/** Adds to the history of an order whose row this transaction has locked or made, in the order given. */
export async function insertOrderEvents(
  transaction: Transaction,
  orderId: Id<'order'>,
  events: readonly NewOrderEvent[],
  { actor, at }: { readonly actor: OrderActor; readonly at: Instant },
): Promise<void> {
  if (events.length === 0) return;
  await transaction.query(sql`
    INSERT INTO order_event (order_id, event_no, item_no, from_state, to_state, reason, note, actor_kind, actor_id, at)
    SELECT ${orderId}, (SELECT coalesce(max(e.event_no), 0) FROM order_event e WHERE e.order_id = ${orderId}) + r.place,
           r.item_no, r.from_state, r.to_state, r.reason, r.note, ${actor.kind}, ${actor.id}, ${at}
    FROM unnest(${events.map(({ itemNo }) => itemNo)}::integer[], ${events.map(({ from }) => from)}::text[],
                ${events.map(({ to }) => to)}::text[], ${events.map(({ reason }) => reason)}::text[],
                ${events.map(({ note }) => note)}::text[])
         WITH ORDINALITY AS r (item_no, from_state, to_state, reason, note, place)`);
}

/** Of these subscribers, those that another order is at work on, or waits to be paid or decided on. */
export async function selectSubscribersInOrders(
  transaction: Transaction,
  subscriberIds: readonly Id<'subscriber'>[],
  besides: Id<'order'> | null,
): Promise<{ subscriberId: Id<'subscriber'>; orderNo: string }[]> {
  const rows = await transaction.query<{ subscriber_id: Id<'subscriber'>; order_no: string }>(sql`
    SELECT DISTINCT i.subscriber_id, o.order_no FROM order_item i JOIN product_order o ON o.id = i.order_id
    WHERE i.subscriber_id = ANY (${subscriberIds}::uuid[]) AND o.id IS DISTINCT FROM ${besides}
      AND o.state IN ('pending', 'held', 'inProgress', 'assessingCancellation', 'pendingCancellation')
      AND i.state IN ('pending', 'held', 'inProgress', 'assessingCancellation', 'pendingCancellation')`);
  return rows.map((row) => ({ subscriberId: row.subscriber_id, orderNo: row.order_no }));
}
