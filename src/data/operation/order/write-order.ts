import type { Transaction } from '../../connection/core-database';
import { insertionOf } from '../../connection/insert-row';
import { sql, type Sql } from '../../connection/sql';
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
import { usingQuotation } from './quotation';

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

/** The columns of an order that its caller gives. */
export type OrderRow = Omit<ProductOrderEntity, 'orderNo' | 'version'>;

export type OrderChanges = Partial<Omit<OrderRow, 'id' | 'createdAt' | 'customerId' | 'organisationId'>>;

/** A step of the course of an order, or of one of its items. */
export interface NewOrderEvent {
  readonly itemNo: number | null;
  readonly from: OrderState | null;
  readonly to: OrderState;
  readonly reason: string;
  readonly note: string | null;
}

/** What is written with an order: its items as they now are, and the steps that led there, in their order. */
export interface OrderParts {
  readonly items: readonly OrderItem[];
  readonly steps: readonly NewOrderEvent[];
  readonly actor: OrderActor;
  readonly at: Instant;
}

/** Inserts an order with its items and the beginning of its history, and ties the quotation to it that it is made of, by one statement. */
export async function insertOrder(transaction: Transaction, order: OrderRow, parts: OrderParts): Promise<{ orderNo: string }> {
  const [made] = await transaction.query<{ orderNo: string }>(sql`
    WITH made AS (${insertionOf(transaction, ProductOrderEntity, { ...order, version: 1 })}),
    used AS (${usingQuotation(order.quotationId, order.id)}),
    items AS (${writingOfItems(parts.items)}),
    events AS (${insertionOfEvents(order.id, parts)})
    SELECT "orderNo" FROM made, used`);
  invariant(made !== undefined, 'an order is given its number, and its quotation is used once');
  return made;
}

/** Writes a locked order as it now is and moves its version on, with its items and what is added to its history, by one statement. */
export async function updateOrder(
  transaction: Transaction,
  { id, version }: Pick<ProductOrder, 'id' | 'version'>,
  order: OrderRow,
  parts: OrderParts,
): Promise<void> {
  const changed = await transaction.query(sql`
    WITH changed AS (
      UPDATE product_order SET
        version = version + 1, state = ${order.state}, category = ${order.category}, account_id = ${order.accountId},
        actor_kind = ${order.actorKind}, actor_id = ${order.actorId}, quotation_id = ${order.quotationId}, priority = ${order.priority},
        requested_start_at = ${order.requestedStartAt}, due_at = ${order.dueAt}, expires_at = ${order.expiresAt},
        started_at = ${order.startedAt}, completed_at = ${order.completedAt}, cancelled_at = ${order.cancelledAt},
        point_of_no_return = ${order.pointOfNoReturn}, approval = ${order.approval}, currency = ${order.currency},
        due_minor = ${order.dueMinor}, paid_minor = ${order.paidMinor}, fee_entry_id = ${order.feeEntryId},
        external_id = ${order.externalId}, note = ${order.note}
      WHERE id = ${id} AND version = ${version} RETURNING id
    ),
    items AS (${writingOfItems(parts.items)}),
    events AS (${insertionOfEvents(id, parts)})
    SELECT id FROM changed`);
  invariant(changed.length === 1, 'an order was changed without its lock');
}

/** Writes the items of orders that this transaction has made. */
export async function writeOrderItems(transaction: Transaction, items: readonly OrderItem[]): Promise<void> {
  if (items.length > 0) await transaction.query(writingOfItems(items));
}

/** The items of a locked order as they now are: new ones, and those that were there. */
function writingOfItems(items: readonly OrderItem[]): Sql {
  const json = (value: Json): string | null => (value === null ? null : JSON.stringify(value));
  return sql`
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
      result = excluded.result, effective_at = excluded.effective_at`;
}

/** Takes away the items of a locked order past the first `count`: an amendment has fewer. */
export async function deleteItemsAfter(transaction: Transaction, orderId: Id<'order'>, count: number): Promise<void> {
  await transaction.query(sql`DELETE FROM order_item WHERE order_id = ${orderId} AND item_no > ${count}`);
}

/** Adds to the history of an order whose row this transaction has locked or makes, in the order given. */
function insertionOfEvents(orderId: Id<'order'>, { steps, actor, at }: OrderParts): Sql {
  return sql`
    INSERT INTO order_event (order_id, event_no, item_no, from_state, to_state, reason, note, actor_kind, actor_id, at)
    SELECT ${orderId}, (SELECT coalesce(max(e.event_no), 0) FROM order_event e WHERE e.order_id = ${orderId}) + r.place,
           r.item_no, r.from_state, r.to_state, r.reason, r.note, ${actor.kind}, ${actor.id}, ${at}
    FROM unnest(${steps.map(({ itemNo }) => itemNo)}::integer[], ${steps.map(({ from }) => from)}::text[],
                ${steps.map(({ to }) => to)}::text[], ${steps.map(({ reason }) => reason)}::text[],
                ${steps.map(({ note }) => note)}::text[])
         WITH ORDINALITY AS r (item_no, from_state, to_state, reason, note, place)`;
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
