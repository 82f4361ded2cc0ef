import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import type { Refusal } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';
import {
  BATCH_ROW_COLUMNS, ORDER_BATCH_COLUMNS, toBatchRow, toOrderBatch,
  type BatchRowColumns, type BatchRowState, type OrderBatch, type OrderBatchRow, type OrderBatchRowColumns, type OrderBatchState,
} from './order-batch'; // prettier-ignore

export interface NewOrderBatch {
  readonly organisationId: Id<'organisation'>;
  readonly customerId: Id<'customer'>;
  readonly accountId: Id<'account'>;
  readonly fileName: string;
  readonly fileDigest: string;
  readonly actor: { readonly kind: string; readonly id: string };
}

/** Inserts a stopped batch; where there is one for the same file, customer, account and hall, returns that one. */
export async function insertOrderBatch(
  transaction: Transaction,
  { organisationId, customerId, accountId, fileName, fileDigest, actor }: NewOrderBatch,
  now: Instant,
): Promise<{ readonly id: Id<'orderBatch'>; readonly inserted: boolean }> {
  const [inserted] = await transaction.query<{ id: Id<'orderBatch'> }>(sql`
    INSERT INTO order_batch (id, organisation_id, customer_id, account_id, file_name, file_digest, state, actor_kind, actor_id, created_at)
    VALUES (${newId('orderBatch')}, ${organisationId}, ${customerId}, ${accountId}, ${fileName}, ${fileDigest}, 'STOPPED', ${actor.kind},
            ${actor.id}, ${now})
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
  readonly asked: Json;
  readonly refusals: readonly Refusal[];
}

export async function insertBatchRows(transaction: Transaction, batchId: Id<'orderBatch'>, rows: readonly NewBatchRow[]): Promise<void> {
  await transaction.query(sql`
    INSERT INTO order_batch_row (batch_id, row_number, line_number, state, kind, number, asked, refusals)
    SELECT ${batchId}, row_number, line_number, CASE WHEN asked IS NULL THEN 'REJECTED' ELSE 'WAITING' END, kind, number, asked::jsonb,
           refusals::jsonb
    FROM unnest(${rows.map(({ row }) => row)}::integer[], ${rows.map(({ line }) => line)}::integer[], ${rows.map(({ kind }) => kind)}::text[],
                ${rows.map(({ number }) => number)}::text[],
                ${rows.map(({ asked }) => (asked === null ? null : JSON.stringify(asked)))}::text[],
                ${rows.map(({ asked, refusals }) => (asked === null ? JSON.stringify(refusals) : null))}::text[])
         AS r (row_number, line_number, kind, number, asked, refusals)`);
}

/** Locks a batch in scope for a change of its state, to the end of the transaction: behind the rows that are being accepted. */
export async function lockOrderBatch(context: ScopedRead, id: Id<'orderBatch'>): Promise<OrderBatch | undefined> {
  const [row] = await context.sql.query<OrderBatchRowColumns>(sql`
    SELECT ${ORDER_BATCH_COLUMNS} FROM order_batch b WHERE b.id = ${id} AND ${visibleTo(context.scope, 'order:batch', 'b')}
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

/** The rows of a batch that wait, from its beginning, at most `limit`. */
export async function selectWaitingRows(context: ScopedRead, batchId: Id<'orderBatch'>, limit: number): Promise<number[]> {
  const rows = await context.sql.query<{ row_number: number }>(sql`
    SELECT r.row_number FROM order_batch b JOIN order_batch_row r ON r.batch_id = b.id AND r.state = 'WAITING'
    WHERE b.id = ${batchId} AND ${visibleTo(context.scope, 'order:batch', 'b')} ORDER BY r.row_number LIMIT ${limit}`);
  return rows.map((row) => row.row_number);
}

/** Locks a row of a batch that is held. */
export async function lockBatchRow(transaction: Transaction, batchId: Id<'orderBatch'>, row: number): Promise<OrderBatchRow | undefined> {
  const [found] = await transaction.query<BatchRowColumns>(sql`
    SELECT ${BATCH_ROW_COLUMNS} FROM order_batch_row r WHERE r.batch_id = ${batchId} AND r.row_number = ${row} FOR NO KEY UPDATE`);
  return found === undefined ? undefined : toBatchRow(found);
}

/** Writes down what became of a locked row. */
export async function setBatchRow(
  transaction: Transaction,
  { batchId, row }: Pick<OrderBatchRow, 'batchId' | 'row'>,
  {
    state,
    orderId,
    refusals,
  }: { readonly state: BatchRowState; readonly orderId: Id<'order'> | null; readonly refusals: readonly Refusal[] | null },
): Promise<void> {
  await transaction.query(sql`
    UPDATE order_batch_row SET state = ${state}, order_id = ${orderId}, refusals = ${refusals === null ? null : JSON.stringify(refusals)}::jsonb
    WHERE batch_id = ${batchId} AND row_number = ${row}`);
}

/** Has the refused rows of a locked batch tried again. @returns how many there are */
export async function retryRefusedRows(transaction: Transaction, batchId: Id<'orderBatch'>): Promise<number> {
  const rows = await transaction.query(sql`
    UPDATE order_batch_row SET state = 'WAITING', refusals = NULL WHERE batch_id = ${batchId} AND state = 'REFUSED' RETURNING row_number`);
  return rows.length;
}
