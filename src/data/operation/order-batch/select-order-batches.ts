import type { Id } from '../../../kernel/id';
import type { CurrencyCode, Money } from '../../../kernel/money';
import { toPage, type Page, type PageRequest } from '../../../kernel/page';
import { toPagesByParent } from '../../../kernel/pages-by-parent';
import { empty, join, sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import { batchVisibleTo } from './batch-visible-to';
import {
  BATCH_ROW_COLUMNS, LEADS, ORDER_BATCH_COLUMNS, toBatchRow, toOrderBatch,
  type BatchRowColumns, type BatchRowState, type OrderBatch, type OrderBatchRow, type OrderBatchRowColumns,
} from './order-batch'; // prettier-ignore

/** Batches by id, those in scope only; one statement for any number. */
export async function selectOrderBatchesById(context: ScopedRead, ids: readonly Id<'orderBatch'>[]): Promise<OrderBatch[]> {
  const rows = await context.sql.query<OrderBatchRowColumns>(sql`
    SELECT ${ORDER_BATCH_COLUMNS} FROM order_batch b
    WHERE b.id = ANY (${ids}::uuid[]) AND ${batchVisibleTo(context.scope, 'b')}`);
  return rows.map(toOrderBatch);
}

/** One page of batches, the newest first; of one customer, when given. The cursor is (id). */
export async function searchOrderBatches(
  context: ScopedRead,
  { customerId }: { readonly customerId?: Id<'customer'> },
  page: PageRequest,
): Promise<Page<OrderBatch>> {
  const conditions = [batchVisibleTo(context.scope, 'b')];
  if (customerId !== undefined) conditions.push(sql`b.customer_id = ${customerId}`);
  if (page.after !== null) conditions.push(sql`b.id < ${page.after[0]}::uuid`);
  const rows = await context.sql.query<OrderBatchRowColumns>(sql`
    SELECT ${ORDER_BATCH_COLUMNS} FROM order_batch b WHERE ${join(conditions, ' AND ')} ORDER BY b.id DESC LIMIT ${page.first + 1}`);
  return toPage(rows.map(toOrderBatch), page.first);
}

/** One page of the rows of each batch in scope, in the order of the file; of some states, when given. The cursor is (row). */
export async function selectBatchRows(
  context: ScopedRead,
  batchIds: readonly Id<'orderBatch'>[],
  states: readonly BatchRowState[] | null,
  page: PageRequest,
): Promise<ReadonlyMap<Id<'orderBatch'>, Page<OrderBatchRow>>> {
  const rows = await context.sql.query<BatchRowColumns>(sql`
    SELECT r.* FROM unnest(${batchIds}::uuid[]) AS asked (id)
    JOIN order_batch b ON b.id = asked.id AND ${batchVisibleTo(context.scope, 'b')}
    CROSS JOIN LATERAL (
      SELECT ${BATCH_ROW_COLUMNS} FROM order_batch_row r
      WHERE r.batch_id = b.id ${states === null ? empty : sql`AND r.state = ANY (${states}::text[])`}
        ${page.after === null ? empty : sql`AND r.row_number > ${page.after[0]}::integer`}
      ORDER BY r.row_number LIMIT ${page.first + 1}
    ) r`);
  return toPagesByParent(batchIds, rows, page.first, { parentOf: (row) => row.batch_id, toItem: toBatchRow });
}

/** How far a batch is, and what its orders come to. */
export interface BatchSummary {
  readonly batchId: Id<'orderBatch'>;
  readonly rows: Readonly<Record<BatchRowState, number>>;
  /** How many orders the rows have become; several rows may be one. */
  readonly orders: number;
  /** What the orders ask for at once, and what has been paid of it; null while there is no order. */
  readonly due: Money | null;
  readonly paid: Money | null;
}

interface SummaryRow {
  readonly batch_id: Id<'orderBatch'>;
  readonly state: BatchRowState;
  readonly rows: string;
  readonly orders: string;
  readonly currency: CurrencyCode | null;
  readonly due_minor: string | null;
  readonly paid_minor: string | null;
}

/** The summaries of batches in scope; one statement for any number. Orders that came to nothing ask for nothing. */
export async function summariseOrderBatches(context: ScopedRead, batchIds: readonly Id<'orderBatch'>[]): Promise<BatchSummary[]> {
  const found = await context.sql.query<SummaryRow>(sql`
    SELECT r.batch_id, r.state, count(*) AS rows, count(o.id) AS orders, min(o.currency) AS currency,
           sum(o.due_minor) FILTER (WHERE o.state NOT IN ('cancelled', 'failed', 'rejected')) AS due_minor,
           sum(o.paid_minor) FILTER (WHERE o.state NOT IN ('cancelled', 'failed', 'rejected')) AS paid_minor
    FROM order_batch b JOIN order_batch_row r ON r.batch_id = b.id LEFT JOIN product_order o ON o.id = r.order_id AND ${LEADS}
    WHERE b.id = ANY (${batchIds}::uuid[]) AND ${batchVisibleTo(context.scope, 'b')}
    GROUP BY r.batch_id, r.state`);
  return [...new Set(found.map(({ batch_id: id }) => id))].map((batchId) => {
    const own = found.filter((row) => row.batch_id === batchId);
    const rows = { WAITING: 0, ACCEPTED: 0, REFUSED: 0, REJECTED: 0 };
    for (const row of own) rows[row.state] = Number(row.rows);
    const accepted = own.find(({ currency }) => currency !== null);
    const money = (minor: string | null): Money => ({ amountMinor: BigInt(minor ?? '0'), currency: accepted?.currency as CurrencyCode });
    return {
      batchId,
      rows,
      orders: own.reduce((sum, row) => sum + Number(row.orders), 0),
      due: accepted === undefined ? null : money(accepted.due_minor),
      paid: accepted === undefined ? null : money(accepted.paid_minor),
    };
  });
}
