import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import type { Refusal } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';
import type { ScopedRead } from '../read-context';
import { batchVisibleTo } from './batch-visible-to';
import {
  BATCH_ROW_COLUMNS, LEADS, ORDER_BATCH_COLUMNS, toBatchRow, toOrderBatch,
  type BatchRowColumns, type OrderBatch, type OrderBatchRow, type OrderBatchRowColumns, type OrderBatchState,
} from './order-batch'; // prettier-ignore

export interface NewOrderBatch {
  readonly organisationId: Id<'organisation'>;
  readonly customerId: Id<'customer'>;
  readonly accountId: Id<'account'>;
  readonly fileName: string;
  readonly fileDigest: string;
  readonly actor: { readonly kind: string; readonly id: string };
  /** The lines of business that its rows are about, as far as is known. */
  readonly serviceTypes: readonly string[];
}

/** Inserts a stopped batch; where there is one for the same file, customer, account and hall, returns that one. */
export async function insertOrderBatch(
  transaction: Transaction,
  { organisationId, customerId, accountId, fileName, fileDigest, actor, serviceTypes }: NewOrderBatch,
  now: Instant,
): Promise<{ readonly id: Id<'orderBatch'>; readonly inserted: boolean }> {
  const [inserted] = await transaction.query<{ id: Id<'orderBatch'> }>(sql`
    INSERT INTO order_batch (id, organisation_id, customer_id, account_id, file_name, file_digest, state, actor_kind, actor_id, service_types,
                             created_at)
    VALUES (${newId('orderBatch')}, ${organisationId}, ${customerId}, ${accountId}, ${fileName}, ${fileDigest}, 'STOPPED', ${actor.kind},
            ${actor.id}, ${serviceTypes}::text[], ${now})
    ON CONFLICT (organisation_id, customer_id, account_id, file_digest) DO NOTHING RETURNING id`);
  if (inserted !== undefined) return { id: inserted.id, inserted: true };
  const [known] = await transaction.query<{ id: Id<'orderBatch'> }>(sql`
    SELECT b.id FROM order_batch b WHERE b.organisation_id = ${organisationId} AND b.customer_id = ${customerId}
      AND b.account_id = ${accountId} AND b.file_digest = ${fileDigest}`);
  invariant(known !== undefined, 'a batch that conflicts can be read');
  return { id: known.id, inserted: false };
}

/** A row as it was judged: `asked` null where it cannot be read, with the reasons. */
export interface NewBatchRow {
  readonly row: number;
  readonly line: number;
  readonly kind: string | null;
  readonly number: string | null;
  readonly groupRow: number | null;
  readonly asked: Json;
  readonly refusals: readonly Refusal[];
}

export async function insertBatchRows(transaction: Transaction, batchId: Id<'orderBatch'>, rows: readonly NewBatchRow[]): Promise<void> {
  await transaction.query(sql`
    INSERT INTO order_batch_row (batch_id, row_number, line_number, state, kind, number, group_row, asked, refusals)
    SELECT ${batchId}, row_number, line_number, CASE WHEN asked IS NULL THEN 'REJECTED' ELSE 'WAITING' END, kind, number, group_row,
           asked::jsonb, refusals::jsonb
    FROM unnest(${rows.map(({ row }) => row)}::integer[], ${rows.map(({ line }) => line)}::integer[], ${rows.map(({ kind }) => kind)}::text[],
                ${rows.map(({ number }) => number)}::text[], ${rows.map(({ groupRow }) => groupRow)}::integer[],
                ${rows.map(({ asked }) => (asked === null ? null : JSON.stringify(asked)))}::text[],
                ${rows.map(({ asked, refusals }) => (asked === null ? JSON.stringify(refusals) : null))}::text[])
         AS r (row_number, line_number, kind, number, group_row, asked, refusals)`);
}

/** Locks a batch in scope for a change of its state, to the end of the transaction: behind the rows that are being accepted. */
export async function lockOrderBatch(context: ScopedRead, id: Id<'orderBatch'>): Promise<OrderBatch | undefined> {
  const [row] = await context.sql.query<OrderBatchRowColumns>(sql`
    SELECT ${ORDER_BATCH_COLUMNS} FROM order_batch b WHERE b.id = ${id} AND ${batchVisibleTo(context.scope, 'b')}
    FOR NO KEY UPDATE OF b`);
  return row === undefined ? undefined : toOrderBatch(row);
}

/** Holds a batch as it is while a row of it is accepted: others may do so too, nobody stops it. Its runner was told its id. */
export async function holdOrderBatch(transaction: Transaction, id: Id<'orderBatch'>): Promise<OrderBatch | undefined> {
  const [row] = await transaction.query<OrderBatchRowColumns>(sql`
    SELECT ${ORDER_BATCH_COLUMNS} FROM order_batch b WHERE b.id = ${id} FOR SHARE OF b`);
  return row === undefined ? undefined : toOrderBatch(row);
}

export interface BatchStanding {
  readonly state: OrderBatchState;
  readonly runner: string | null;
  readonly grants: Json;
  readonly actor: OrderBatch['actor'];
}

/** Changes the state of a locked batch. */
export async function setOrderBatchState(
  transaction: Transaction,
  id: Id<'orderBatch'>,
  { state, runner, grants, actor }: BatchStanding,
  now: Instant,
): Promise<void> {
  await transaction.query(sql`
    UPDATE order_batch SET state = ${state}, runner = ${runner}, grants = ${grants === null ? null : JSON.stringify(grants)}::jsonb,
           actor_kind = ${actor.kind}, actor_id = ${actor.id},
           started_at = CASE WHEN ${state} = 'RUNNING' THEN coalesce(started_at, ${now}) ELSE started_at END,
           ended_at = CASE WHEN ${state} = 'COMPLETED' THEN ${now}::timestamptz END
    WHERE id = ${id}`);
}

/** The rows of a batch that wait, from its beginning, at most `limit`; of a group that is one order, the first. */
export async function selectWaitingRows(context: ScopedRead, batchId: Id<'orderBatch'>, limit: number): Promise<number[]> {
  const rows = await context.sql.query<{ row_number: number }>(sql`
    SELECT r.row_number FROM order_batch b JOIN order_batch_row r ON r.batch_id = b.id AND r.state = 'WAITING' AND ${LEADS}
    WHERE b.id = ${batchId} AND ${batchVisibleTo(context.scope, 'b')} ORDER BY r.row_number LIMIT ${limit}`);
  return rows.map((row) => row.row_number);
}

/** Locks the rows of a batch that is held of which one order is made: one, or the group that begins with it; in the order of the file. */
export async function lockBatchRows(transaction: Transaction, batchId: Id<'orderBatch'>, row: number): Promise<OrderBatchRow[]> {
  const found = await transaction.query<BatchRowColumns>(sql`
    SELECT ${BATCH_ROW_COLUMNS} FROM order_batch_row r WHERE r.batch_id = ${batchId} AND (r.row_number = ${row} OR r.group_row = ${row})
    ORDER BY r.row_number FOR NO KEY UPDATE`);
  return found.map(toBatchRow);
}

/** Writes down which order locked rows have become. Whose lines of business it is about, the batch is about. */
export async function setRowsAccepted(
  transaction: Transaction,
  batchId: Id<'orderBatch'>,
  { rows, orderId }: { readonly rows: readonly number[]; readonly orderId: Id<'order'> },
): Promise<void> {
  await transaction.query(sql`
    UPDATE order_batch_row SET state = 'ACCEPTED', order_id = ${orderId}, refusals = NULL
    WHERE batch_id = ${batchId} AND row_number = ANY (${rows}::integer[])`);
  await transaction.query(sql`
    UPDATE order_batch b SET service_types = ARRAY(SELECT unnest(b.service_types) UNION SELECT unnest(l.lines) ORDER BY 1)
    FROM (SELECT array_agg(DISTINCT i.service_type) AS lines FROM order_item i WHERE i.order_id = ${orderId} AND i.service_type IS NOT NULL) l
    WHERE b.id = ${batchId} AND NOT l.lines <@ b.service_types`);
}

/** Writes down why locked rows are no orders. */
export async function setRowsRefused(
  transaction: Transaction,
  batchId: Id<'orderBatch'>,
  refused: readonly { readonly row: number; readonly refusals: readonly Refusal[] }[],
): Promise<void> {
  await transaction.query(sql`
    UPDATE order_batch_row r SET state = 'REFUSED', order_id = NULL, refusals = told.refusals::jsonb
    FROM unnest(${refused.map(({ row }) => row)}::integer[], ${refused.map(({ refusals }) => JSON.stringify(refusals))}::text[])
         AS told (row_number, refusals)
    WHERE r.batch_id = ${batchId} AND r.row_number = told.row_number`);
}

/** Has the refused rows of a locked batch tried again. @returns how many there are */
export async function retryRefusedRows(transaction: Transaction, batchId: Id<'orderBatch'>): Promise<number> {
  const rows = await transaction.query(sql`
    UPDATE order_batch_row SET state = 'WAITING', refusals = NULL WHERE batch_id = ${batchId} AND state = 'REFUSED' RETURNING row_number`);
  return rows.length;
}
