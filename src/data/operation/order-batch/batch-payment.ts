import { instantFromDatabase, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { CurrencyCode, Money } from '../../../kernel/money';
import type { Refusal } from '../../../kernel/result';
import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import { visibleByLine } from '../scope/visible-to';
import { batchVisibleTo } from './batch-visible-to';
import { LEADS } from './order-batch';

/** As of an order's payment. */
export type BatchPaymentMethod = 'CASH' | 'BANK_TRANSFER' | 'BANK_COLLECTION' | 'CARD' | 'CHEQUE' | 'ONLINE';

/** How many payments a batch may have. */
export const BATCH_PAYMENTS_MAX = 100;

/** One payment for the orders of a batch 批量缴费, split over them. */
export interface BatchPayment {
  readonly id: Id<'orderBatchPayment'>;
  readonly batchId: Id<'orderBatch'>;
  readonly method: BatchPaymentMethod;
  readonly reference: string;
  readonly amount: Money;
  readonly state: 'RUNNING' | 'COMPLETED';
  /** What has been recorded with orders by now. */
  readonly paid: Money;
  /** What orders no longer took: it is in nobody's books, and to be given back. */
  readonly refused: Money;
  readonly at: Instant;
}

interface PaymentRow {
  readonly id: Id<'orderBatchPayment'>;
  readonly batch_id: Id<'orderBatch'>;
  readonly method: BatchPaymentMethod;
  readonly reference: string;
  readonly amount_minor: string;
  readonly currency: CurrencyCode;
  readonly state: BatchPayment['state'];
  readonly paid_minor: string;
  readonly refused_minor: string;
  readonly at: string;
}

/** The payments of batches in scope, oldest first. */
export async function selectBatchPayments(context: ScopedRead, batchIds: readonly Id<'orderBatch'>[]): Promise<BatchPayment[]> {
  const rows = await context.sql.query<PaymentRow>(sql`
    SELECT p.id, p.batch_id, p.method, p.reference, p.amount_minor, p.currency, p.state, p.at::text AS at,
           coalesce(part.paid_minor, 0) AS paid_minor, coalesce(part.refused_minor, 0) AS refused_minor
    FROM order_batch b JOIN order_batch_payment p ON p.batch_id = b.id
    CROSS JOIN LATERAL (
      SELECT sum(t.amount_minor) FILTER (WHERE t.state = 'PAID') AS paid_minor, sum(t.amount_minor) FILTER (WHERE t.state = 'REFUSED') AS refused_minor
      FROM order_batch_payment_part t WHERE t.payment_id = p.id
    ) part
    WHERE b.id = ANY (${batchIds}::uuid[]) AND ${batchVisibleTo(context.scope, 'b')}
    ORDER BY p.batch_id, p.id`);
  return rows.map((row) => {
    const money = (minor: string): Money => ({ amountMinor: BigInt(minor), currency: row.currency });
    return {
      id: row.id,
      batchId: row.batch_id,
      method: row.method,
      reference: row.reference,
      amount: money(row.amount_minor),
      state: row.state,
      paid: money(row.paid_minor),
      refused: money(row.refused_minor),
      at: instantFromDatabase(row.at),
    };
  });
}

/** An order of a batch that waits for its payment, with what is left to pay. */
export interface Outstanding {
  readonly orderId: Id<'order'>;
  readonly leftMinor: bigint;
  readonly currency: CurrencyCode;
}

/** What is left to pay for the orders of a locked batch that wait for it, in the order of the file. */
export async function selectOutstanding(context: ScopedRead, batchId: Id<'orderBatch'>): Promise<Outstanding[]> {
  // An order that was amended may be about another line by now.
  const visible = visibleByLine(
    context.scope,
    'order:write',
    'o',
    (lines) => sql`NOT EXISTS (SELECT FROM order_item i WHERE i.order_id = o.id AND i.service_type <> ALL (${lines}::text[]))`,
  );
  const rows = await context.sql.query<{ order_id: Id<'order'>; left_minor: string; currency: CurrencyCode }>(sql`
    SELECT o.id AS order_id, o.due_minor - o.paid_minor AS left_minor, o.currency
    FROM order_batch_row r JOIN product_order o ON o.id = r.order_id AND ${visible}
    WHERE r.batch_id = ${batchId} AND ${LEADS} AND r.state = 'ACCEPTED' AND o.state = 'pending' AND o.due_minor > o.paid_minor
    ORDER BY r.row_number`);
  return rows.map((row) => ({ orderId: row.order_id, leftMinor: BigInt(row.left_minor), currency: row.currency }));
}

export interface NewBatchPayment extends Pick<BatchPayment, 'id' | 'batchId' | 'method' | 'reference' | 'amount'> {
  readonly actor: { readonly kind: string; readonly id: string };
  readonly parts: readonly { readonly orderId: Id<'order'>; readonly amountMinor: bigint }[];
}

export async function insertBatchPayment(transaction: Transaction, payment: NewBatchPayment, now: Instant): Promise<void> {
  const { id, batchId, method, reference, amount, actor, parts } = payment;
  await transaction.query(sql`
    INSERT INTO order_batch_payment (id, batch_id, method, reference, amount_minor, currency, state, actor_kind, actor_id, at)
    VALUES (${id}, ${batchId}, ${method}, ${reference}, ${amount.amountMinor}, ${amount.currency}, 'RUNNING', ${actor.kind}, ${actor.id}, ${now})`);
  await transaction.query(sql`
    INSERT INTO order_batch_payment_part (payment_id, part_number, order_id, amount_minor, state)
    SELECT ${id}, part_number, order_id, amount_minor, 'WAITING'
    FROM unnest(${parts.map(({ orderId }) => orderId)}::uuid[], ${parts.map(({ amountMinor }) => amountMinor.toString())}::bigint[])
         WITH ORDINALITY AS r (order_id, amount_minor, part_number)`);
}

/** A part of a payment with the payment that it is of. */
export interface PaymentPart {
  readonly paymentId: Id<'orderBatchPayment'>;
  readonly part: number;
  readonly state: 'WAITING' | 'PAID' | 'REFUSED';
  readonly orderId: Id<'order'>;
  readonly orderVersion: number;
  readonly amount: Money;
  readonly method: BatchPaymentMethod;
  readonly reference: string;
}

/** Locks one part of a payment, to the end of the transaction. */
export async function lockPaymentPart(
  transaction: Transaction,
  paymentId: Id<'orderBatchPayment'>,
  part: number,
): Promise<PaymentPart | undefined> {
  const [row] = await transaction.query<{
    state: PaymentPart['state'];
    order_id: Id<'order'>;
    version: number;
    amount_minor: string;
    currency: CurrencyCode;
    method: BatchPaymentMethod;
    reference: string;
  }>(sql`
    SELECT t.state, t.order_id, o.version, t.amount_minor, p.currency, p.method, p.reference
    FROM order_batch_payment_part t JOIN order_batch_payment p ON p.id = t.payment_id JOIN product_order o ON o.id = t.order_id
    WHERE t.payment_id = ${paymentId} AND t.part_number = ${part} FOR NO KEY UPDATE OF t`);
  if (row === undefined) return undefined;
  const { state, order_id: orderId, version: orderVersion, method, reference } = row;
  const amount = { amountMinor: BigInt(row.amount_minor), currency: row.currency };
  return { paymentId, part, state, orderId, orderVersion, amount, method, reference };
}

export async function setPaymentPart(
  transaction: Transaction,
  { paymentId, part }: Pick<PaymentPart, 'paymentId' | 'part'>,
  { state, refusals }: { readonly state: 'PAID' | 'REFUSED'; readonly refusals: readonly Refusal[] | null },
): Promise<void> {
  await transaction.query(sql`
    UPDATE order_batch_payment_part SET state = ${state}, refusals = ${refusals === null ? null : JSON.stringify(refusals)}::jsonb
    WHERE payment_id = ${paymentId} AND part_number = ${part}`);
}

/** The parts of a payment that wait, from the first on, at most `limit`. Asks no scope: who works on it was told its id. */
export async function selectWaitingParts(
  { sql: runner }: Pick<ScopedRead, 'sql'>,
  paymentId: Id<'orderBatchPayment'>,
  limit: number,
): Promise<number[]> {
  const rows = await runner.query<{ part_number: number }>(sql`
    SELECT t.part_number FROM order_batch_payment_part t WHERE t.payment_id = ${paymentId} AND t.state = 'WAITING'
    ORDER BY t.part_number LIMIT ${limit}`);
  return rows.map((row) => row.part_number);
}

/** Ends a payment no part of which waits. @returns its batch, unless it was ended before */
export async function completeBatchPayment(
  transaction: Transaction,
  paymentId: Id<'orderBatchPayment'>,
): Promise<{ readonly batchId: Id<'orderBatch'>; readonly organisationId: Id<'organisation'> } | undefined> {
  const [row] = await transaction.query<{ batch_id: Id<'orderBatch'>; organisation_id: Id<'organisation'> }>(sql`
    UPDATE order_batch_payment p SET state = 'COMPLETED' FROM order_batch b
    WHERE p.id = ${paymentId} AND p.state = 'RUNNING' AND b.id = p.batch_id RETURNING p.batch_id, b.organisation_id`);
  return row === undefined ? undefined : { batchId: row.batch_id, organisationId: row.organisation_id };
}

/** By whom a payment was recorded. */
export async function selectPaymentActor(
  { sql: runner }: Pick<ScopedRead, 'sql'>,
  paymentId: Id<'orderBatchPayment'>,
): Promise<{ readonly kind: 'STAFF' | 'PARTNER' | 'SYSTEM'; readonly id: string } | undefined> {
  const [row] = await runner.query<{ kind: 'STAFF' | 'PARTNER' | 'SYSTEM'; id: string }>(sql`
    SELECT p.actor_kind AS kind, p.actor_id AS id FROM order_batch_payment p WHERE p.id = ${paymentId}`);
  return row;
}
