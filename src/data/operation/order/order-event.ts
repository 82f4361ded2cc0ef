import { instantFromDatabase, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { toPagesByParent } from '../../../kernel/pages-by-parent';
import type { Page, PageRequest } from '../../../kernel/page';
import type { Transaction } from '../../connection/core-database';
import { empty, sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import { orderVisibleTo } from './order-visible-to';
import type { ActorKind, OrderActor } from './order-actor';
import type { OrderState } from './order-state';

/** A transition of an order, or of one of its items. */
export interface OrderEvent {
  readonly orderId: Id<'order'>;
  readonly eventNo: number;
  /** Null: of the order itself. */
  readonly itemNo: number | null;
  /** Null: it began so. */
  readonly from: OrderState | null;
  readonly to: OrderState;
  readonly reason: string;
  readonly note: string | null;
  readonly actor: OrderActor;
  readonly at: Instant;
}

interface OrderEventRow {
  readonly order_id: Id<'order'>;
  readonly event_no: number;
  readonly item_no: number | null;
  readonly from_state: OrderState | null;
  readonly to_state: OrderState;
  readonly reason: string;
  readonly note: string | null;
  readonly actor_kind: ActorKind;
  readonly actor_id: string;
  readonly at: string;
}

/** One page of the history of each order in scope, from its beginning. */
export async function selectOrderHistory(
  context: ScopedRead,
  orderIds: readonly Id<'order'>[],
  page: PageRequest,
): Promise<ReadonlyMap<Id<'order'>, Page<OrderEvent>>> {
  const rows = await context.sql.query<OrderEventRow>(sql`
    SELECT e.* FROM unnest(${orderIds}::uuid[]) AS asked (id)
    JOIN product_order o ON o.id = asked.id AND ${orderVisibleTo(context.scope, 'order:read', 'o')}
    CROSS JOIN LATERAL (
      SELECT e.order_id, e.event_no, e.item_no, e.from_state, e.to_state, e.reason, e.note, e.actor_kind, e.actor_id, e.at
      FROM order_event e WHERE e.order_id = asked.id ${page.after === null ? empty : sql`AND e.event_no > ${page.after[0]}::integer`}
      ORDER BY e.event_no LIMIT ${page.first + 1}
    ) e`);
  return toPagesByParent(orderIds, rows, page.first, {
    parentOf: (row) => row.order_id,
    toItem: (row) => ({
      orderId: row.order_id,
      eventNo: row.event_no,
      itemNo: row.item_no,
      from: row.from_state,
      to: row.to_state,
      reason: row.reason,
      note: row.note,
      actor: { kind: row.actor_kind, id: row.actor_id },
      at: instantFromDatabase(row.at),
    }),
  });
}

/** Whether somebody accepted an order, amended it, or made the quotation that it now follows. */
export async function hadHandIn(transaction: Transaction, orderId: Id<'order'>, { kind, id }: OrderActor): Promise<boolean> {
  const [row] = await transaction.query<{ found: boolean }>(sql`
    SELECT EXISTS (
        SELECT FROM order_event e
        WHERE e.order_id = ${orderId} AND e.actor_kind = ${kind} AND e.actor_id = ${id} AND e.reason IN ('SUBMITTED', 'AMENDED'))
      OR EXISTS (
        SELECT FROM product_order o JOIN quotation q ON q.id = o.quotation_id
        WHERE o.id = ${orderId} AND q.actor_kind = ${kind} AND q.actor_id = ${id}) AS found`);
  return row?.found === true;
}
