import type { Transaction } from '../../connection/core-database';
import type { SqlRunner } from '../../connection/run-statement';
import { sql } from '../../connection/sql';
import { instantToText, optionalInstant, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { Json } from '../../../kernel/stable-json';
import { STEP_COLUMNS, toStep, type NetworkStep, type NetworkStepRow } from './network-step';

/** An order that a workflow carries out, since the network has to be told 开通. */
export interface Fulfilment {
  readonly orderId: Id<'order'>;
  /** Which run of the workflow has it in hand. */
  readonly round: number;
  /** Why it is being taken back; null while it goes forward. */
  readonly failure: Json;
  readonly endedAt: Instant | null;
}

interface FulfilmentRow {
  readonly order_id: Id<'order'>;
  readonly round: number;
  readonly failure: Json;
  readonly ended_at: string | null;
}

const FULFILMENT_COLUMNS = sql`f.order_id, f.round, f.failure, f.ended_at`;

function toFulfilment(row: FulfilmentRow): Fulfilment {
  return { orderId: row.order_id, round: row.round, failure: row.failure, endedAt: optionalInstant(row.ended_at) };
}

/** The fulfilment of an order whose row the transaction has locked; undefined where the network is told nothing. */
export async function selectFulfilment(transaction: Transaction, orderId: Id<'order'>): Promise<Fulfilment | undefined> {
  const [row] = await transaction.query<FulfilmentRow>(sql`
    SELECT ${FULFILMENT_COLUMNS} FROM fulfilment f WHERE f.order_id = ${orderId}`);
  return row === undefined ? undefined : toFulfilment(row);
}

/** The steps of orders that the caller may see, in the order of their items. An order has a bounded number of items. */
export async function selectNetworkSteps(
  { sql: runner }: { readonly sql: SqlRunner },
  orderIds: readonly Id<'order'>[],
): Promise<NetworkStep[]> {
  const rows = await runner.query<NetworkStepRow>(sql`
    SELECT ${STEP_COLUMNS} FROM network_step s WHERE s.order_id = ANY (${orderIds}::uuid[]) ORDER BY s.order_id, s.item_no`);
  return rows.map(toStep);
}

/** Which of the subscribers the network is told about now, and by which order, beside one. */
export async function selectSubscribersInFulfilment(
  transaction: Transaction,
  subscriberIds: readonly Id<'subscriber'>[],
  besides: Id<'order'>,
): Promise<{ subscriberId: Id<'subscriber'>; orderNo: string }[]> {
  return transaction.query<{ subscriberId: Id<'subscriber'>; orderNo: string }>(sql`
    SELECT DISTINCT i.subscriber_id AS "subscriberId", o.order_no AS "orderNo"
    FROM order_item i JOIN product_order o ON o.id = i.order_id JOIN fulfilment f ON f.order_id = i.order_id
    WHERE i.subscriber_id = ANY (${subscriberIds}::uuid[]) AND f.ended_at IS NULL AND i.order_id <> ${besides}`);
}

/** The steps of an order whose row the transaction has locked, but for those of items that are in an `ended` state, in the order of the items. */
export async function selectOpenSteps(transaction: Transaction, orderId: Id<'order'>, ended: readonly string[]): Promise<NetworkStep[]> {
  const rows = await transaction.query<NetworkStepRow>(sql`
    SELECT ${STEP_COLUMNS} FROM network_step s JOIN order_item i ON i.order_id = s.order_id AND i.item_no = s.item_no
    WHERE s.order_id = ${orderId} AND i.state <> ALL (${ended}::text[]) ORDER BY s.item_no`);
  return rows.map(toStep);
}

export type NewNetworkStep = Pick<NetworkStep, 'itemNo' | 'adapter' | 'command' | 'undo'>;

/** An order of which the network is to be told. */
export async function insertFulfilment(transaction: Transaction, orderId: Id<'order'>, now: Instant): Promise<void> {
  await transaction.query(sql`INSERT INTO fulfilment (order_id, created_at) VALUES (${orderId}, ${now})`);
}

/** Writes down what the network is to be told for an order. */
export async function insertNetworkSteps(
  transaction: Transaction,
  orderId: Id<'order'>,
  steps: readonly NewNetworkStep[],
  now: Instant,
): Promise<void> {
  await transaction.query(sql`
    INSERT INTO network_step (order_id, item_no, adapter, command, undo, state, changed_at)
    SELECT ${orderId}, r.item_no, r.adapter, r.command::jsonb, r.undo::jsonb, 'TO_DO', ${now}
    FROM unnest(${steps.map(({ itemNo }) => itemNo)}::integer[], ${steps.map(({ adapter }) => adapter)}::text[],
                ${steps.map(({ command }) => JSON.stringify(command))}::text[], ${steps.map(({ undo }) => JSON.stringify(undo))}::text[])
         AS r (item_no, adapter, command, undo)`);
}

/** Changes the fulfilment of a locked order. */
export async function updateFulfilment(transaction: Transaction, { orderId, round, failure, endedAt }: Fulfilment): Promise<void> {
  await transaction.query(sql`
    UPDATE fulfilment SET round = ${round}, failure = ${failure === null ? null : JSON.stringify(failure)}::jsonb, ended_at = ${endedAt}
    WHERE order_id = ${orderId}`);
}

/** Writes what is known of a step of a locked order. */
export async function updateNetworkStep(transaction: Transaction, step: NetworkStep): Promise<void> {
  const { orderId, itemNo, state, reason, reference, tries, unsureSince, changedAt } = step;
  await transaction.query(sql`
    UPDATE network_step SET state = ${state}, reason = ${reason}, reference = ${reference}, tries = ${tries},
      unsure_since = ${unsureSince === null ? null : instantToText(unsureSince)}::timestamptz, changed_at = ${changedAt}
    WHERE order_id = ${orderId} AND item_no = ${itemNo}`);
}
