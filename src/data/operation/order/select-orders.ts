import type { Instant } from '../../../kernel/clock';
import { instantFromDatabase } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { toPage, type Page, type PageRequest } from '../../../kernel/page';
import { among, empty, join, raw, sql, type Sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import { orderVisibleTo } from './order-visible-to';
import { ORDER_COLUMNS, toOrder, type ProductOrder, type ProductOrderRow } from './product-order';
import type { OrderState } from './order-state';

/** Orders by id, those in scope only; one statement for any number. */
export async function selectOrdersById(context: ScopedRead, ids: readonly Id<'order'>[]): Promise<ProductOrder[]> {
  const rows = await context.sql.query<ProductOrderRow>(sql`
    SELECT ${ORDER_COLUMNS} FROM product_order o
    WHERE o.id ${among(ids)} AND ${orderVisibleTo(context.scope, 'order:read', 'o')}`);
  return rows.map(toOrder);
}

export async function selectOrderByNo(context: ScopedRead, orderNo: string): Promise<ProductOrder | undefined> {
  const [row] = await context.sql.query<ProductOrderRow>(sql`
    SELECT ${ORDER_COLUMNS} FROM product_order o
    WHERE o.order_no = ${orderNo} AND ${orderVisibleTo(context.scope, 'order:read', 'o')}`);
  return row === undefined ? undefined : toOrder(row);
}

/** What is known of the order that is looked for. Every part given must hold. */
export interface OrderFilter {
  readonly state?: OrderState;
  readonly category?: string;
  readonly customerId?: Id<'customer'>;
  readonly subscriberId?: Id<'subscriber'>;
  /** Orders that this node and those below it accepted. */
  readonly organisationId?: Id<'organisation'>;
  /** Open ones that should be done by then. */
  readonly dueBefore?: Instant;
}

const OPEN = raw(`o.state IN ('acknowledged', 'pending', 'held', 'inProgress', 'assessingCancellation', 'pendingCancellation')`);

/** One page of orders in the order of their ids (oldest first). */
export async function searchOrders(context: ScopedRead, filter: OrderFilter, page: PageRequest): Promise<Page<ProductOrder>> {
  const conditions = [orderVisibleTo(context.scope, 'order:read', 'o'), ...conditionsOf(filter)];
  const rows = await context.sql.query<ProductOrderRow>(sql`
    SELECT ${ORDER_COLUMNS} FROM product_order o
    WHERE ${join(conditions, ' AND ')} ${page.after === null ? empty : sql`AND o.id > ${page.after[0]}::uuid`}
    ORDER BY o.id LIMIT ${page.first + 1}`);
  return toPage(rows.map(toOrder), page.first);
}

function conditionsOf(filter: OrderFilter): Sql[] {
  const conditions: Sql[] = [];
  const equal = (column: string, value: string | undefined): void => {
    if (value !== undefined) conditions.push(sql`o.${raw(column)} = ${value}`);
  };
  equal('state', filter.state);
  equal('category', filter.category);
  equal('customer_id', filter.customerId);
  if (filter.subscriberId !== undefined) {
    conditions.push(sql`o.id IN (SELECT i.order_id FROM order_item i WHERE i.subscriber_id = ${filter.subscriberId})`);
  }
  if (filter.organisationId !== undefined) conditions.push(below(filter.organisationId));
  if (filter.dueBefore !== undefined) conditions.push(sql`${OPEN} AND o.due_at < ${filter.dueBefore}`);
  return conditions;
}

function below(organisationId: Id<'organisation'>): Sql {
  return sql`o.organisation_id IN (
    SELECT below.descendant_id FROM organisation_closure below WHERE below.ancestor_id = ${organisationId})`;
}

/** One page of what a hall has to do 在途受理: open orders by priority, then by when they are due. */
export async function selectOrderWorkList(
  context: ScopedRead,
  organisationId: Id<'organisation'>,
  page: PageRequest,
): Promise<Page<ProductOrder>> {
  const { after } = page;
  const rows = await context.sql.query<ProductOrderRow>(sql`
    SELECT ${ORDER_COLUMNS} FROM product_order o
    WHERE ${OPEN} AND ${below(organisationId)} AND ${orderVisibleTo(context.scope, 'order:read', 'o')}
      ${after === null ? empty : sql`AND (o.priority, o.due_at, o.id) > (${after[0]}::integer, ${after[1]}::timestamptz, ${after[2]}::uuid)`}
    ORDER BY o.priority, o.due_at, o.id LIMIT ${page.first + 1}`);
  return toPage(rows.map(toOrder), page.first);
}

/** How many orders of a kind came to their end in a time, and how many of them when they were due 及时率. */
export interface OrderTimeliness {
  readonly category: string;
  readonly ended: number;
  readonly completed: number;
  readonly inTime: number;
  /** From acceptance (or the start asked for) to the end, on average. */
  readonly averageMinutes: number;
}

/** For a node and those below it, by kind; at most one row a kind. */
export async function selectOrderTimeliness(
  context: ScopedRead,
  organisationId: Id<'organisation'>,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): Promise<OrderTimeliness[]> {
  const rows = await context.sql.query<Record<'category' | 'ended' | 'completed' | 'in_time' | 'minutes', string>>(sql`
    SELECT o.category, count(*) AS ended, count(*) FILTER (WHERE o.state = 'completed') AS completed,
           count(*) FILTER (WHERE o.completed_at <= o.due_at) AS in_time,
           round(avg(extract(epoch FROM o.completed_at - coalesce(o.requested_start_at, o.created_at)) / 60)) AS minutes
    FROM product_order o
    WHERE o.completed_at >= ${from} AND o.completed_at < ${to} AND ${below(organisationId)} AND ${orderVisibleTo(context.scope, 'order:read', 'o')}
    GROUP BY o.category ORDER BY o.category`);
  return rows.map((row) => ({
    category: row.category,
    ended: Number(row.ended),
    completed: Number(row.completed),
    inTime: Number(row.in_time),
    averageMinutes: Number(row.minutes),
  }));
}

/** Orders whose start has come; the earliest first. */
export async function selectOrdersToStart(
  context: ScopedRead,
  limit: number,
): Promise<{ id: Id<'order'>; version: number; at: Instant }[]> {
  const rows = await context.sql.query<{ id: Id<'order'>; version: number; requested_start_at: string }>(sql`
    SELECT o.id, o.version, o.requested_start_at FROM product_order o
    WHERE o.state = 'acknowledged' AND o.requested_start_at <= ${context.now} AND ${orderVisibleTo(context.scope, 'order:read', 'o')}
    ORDER BY o.requested_start_at, o.id LIMIT ${limit}`);
  return rows.map(({ id, version, requested_start_at: at }) => ({ id, version, at: instantFromDatabase(at) }));
}

/** Orders that have waited for their payment or for approval for as long as they may; the earliest first. */
export async function selectOrdersToExpire(context: ScopedRead, limit: number): Promise<{ id: Id<'order'>; version: number }[]> {
  return context.sql.query<{ id: Id<'order'>; version: number }>(sql`
    SELECT o.id, o.version FROM product_order o
    WHERE o.state IN ('pending', 'held') AND o.expires_at <= ${context.now} AND ${orderVisibleTo(context.scope, 'order:read', 'o')}
    ORDER BY o.expires_at, o.id LIMIT ${limit}`);
}
