import { instantFromDatabase, optionalInstant, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { Refusal } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';
import { sql } from '../../connection/sql';

export const ORDER_BATCH_STATES = ['WAITING', 'RUNNING', 'STOPPED', 'COMPLETED'] as const;
export type OrderBatchState = (typeof ORDER_BATCH_STATES)[number];

export const BATCH_ROW_STATES = ['WAITING', 'ACCEPTED', 'REFUSED', 'REJECTED'] as const;
export type BatchRowState = (typeof BATCH_ROW_STATES)[number];

type ActorKind = 'STAFF' | 'PARTNER' | 'SYSTEM';

/** Orders of one customer from one file 批量受理, accepted at one hall. */
export interface OrderBatch {
  readonly id: Id<'orderBatch'>;
  readonly organisationId: Id<'organisation'>;
  readonly customerId: Id<'customer'>;
  readonly accountId: Id<'account'>;
  readonly fileName: string;
  /** SHA-256, in hexadecimal. */
  readonly fileDigest: string;
  readonly state: OrderBatchState;
  /** Of whoever had it begun last; null: the system's. */
  readonly grants: Json;
  readonly runner: string | null;
  readonly actor: { readonly kind: ActorKind; readonly id: string };
  readonly createdAt: Instant;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
}

export interface OrderBatchRowColumns {
  readonly id: Id<'orderBatch'>;
  readonly organisation_id: Id<'organisation'>;
  readonly customer_id: Id<'customer'>;
  readonly account_id: Id<'account'>;
  readonly file_name: string;
  readonly file_digest: string;
  readonly state: OrderBatchState;
  readonly grants: Json;
  readonly runner: string | null;
  readonly actor_kind: ActorKind;
  readonly actor_id: string;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
}

/** The columns of {@link OrderBatchRowColumns}, of the alias `b`. */
export const ORDER_BATCH_COLUMNS = sql`b.id, b.organisation_id, b.customer_id, b.account_id, b.file_name, b.file_digest, b.state, b.grants, b.runner,
  b.actor_kind, b.actor_id, b.created_at::text AS created_at, b.started_at::text AS started_at, b.ended_at::text AS ended_at`;

export function toOrderBatch(row: OrderBatchRowColumns): OrderBatch {
  return {
    id: row.id,
    organisationId: row.organisation_id,
    customerId: row.customer_id,
    accountId: row.account_id,
    fileName: row.file_name,
    fileDigest: row.file_digest,
    state: row.state,
    grants: row.grants,
    runner: row.runner,
    actor: { kind: row.actor_kind, id: row.actor_id },
    createdAt: instantFromDatabase(row.created_at),
    startedAt: optionalInstant(row.started_at),
    endedAt: optionalInstant(row.ended_at),
  };
}

/** A row of the file, and what became of it. */
export interface OrderBatchRow {
  readonly batchId: Id<'orderBatch'>;
  /** From 1; the head of the file is not counted. */
  readonly row: number;
  /** The line of the file on which it begins, from 1. */
  readonly line: number;
  readonly state: BatchRowState;
  readonly kind: string | null;
  readonly number: string | null;
  /** The row with which the group begins that is one order; null: it is one by itself. */
  readonly groupRow: number | null;
  readonly asked: Json;
  /** Why it is not an order, each with the column that is to blame. */
  readonly refusals: readonly Refusal[];
  readonly orderId: Id<'order'> | null;
}

export interface BatchRowColumns {
  readonly batch_id: Id<'orderBatch'>;
  readonly row_number: number;
  readonly line_number: number;
  readonly state: BatchRowState;
  readonly kind: string | null;
  readonly number: string | null;
  readonly group_row: number | null;
  readonly asked: Json;
  readonly refusals: readonly Refusal[] | null;
  readonly order_id: Id<'order'> | null;
}

/** The columns of {@link BatchRowColumns}, of the alias `r`. */
export const BATCH_ROW_COLUMNS = sql`r.batch_id, r.row_number, r.line_number, r.state, r.kind, r.number, r.group_row, r.asked, r.refusals, r.order_id`;

/** Whether a row, of the alias `r`, is an order by itself or begins a group: of the rows of one order the one that stands for it. */
export const LEADS = sql`(r.group_row IS NULL OR r.group_row = r.row_number)`;

export function toBatchRow(row: BatchRowColumns): OrderBatchRow {
  return {
    batchId: row.batch_id,
    row: row.row_number,
    line: row.line_number,
    state: row.state,
    kind: row.kind,
    number: row.number,
    groupRow: row.group_row,
    asked: row.asked,
    refusals: row.refusals ?? [],
    orderId: row.order_id,
  };
}
