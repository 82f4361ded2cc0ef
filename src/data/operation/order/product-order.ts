import { instantFromDatabase, optionalInstant, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { CurrencyCode, Money } from '../../../kernel/money';
import { sql } from '../../connection/sql';
import type { ActorKind, OrderActor } from './order-actor';
import type { Approval, OrderState } from './order-state';

/** An order 业务受理单 (TMF622 ProductOrder): what a customer asked for at a hall, and how far it has come. */
export interface ProductOrder {
  readonly id: Id<'order'>;
  readonly orderNo: string;
  readonly state: OrderState;
  /** The kind of its first item. */
  readonly category: string;
  readonly customerId: Id<'customer'>;
  /** The account that its fees are charged to. */
  readonly accountId: Id<'account'> | null;
  /** The hall that accepted it. */
  readonly organisationId: Id<'organisation'>;
  readonly actor: OrderActor;
  readonly quotationId: Id<'quotation'>;
  /** 1 is served first. */
  readonly priority: number;
  readonly requestedStartAt: Instant | null;
  readonly dueAt: Instant;
  /** Until when it waits for its payment or for approval; null while it waits for neither. */
  readonly expiresAt: Instant | null;
  readonly startedAt: Instant | null;
  /** When it came to its end, well or badly; null while it has not, and for one that was cancelled. */
  readonly completedAt: Instant | null;
  readonly cancelledAt: Instant | null;
  readonly pointOfNoReturn: boolean;
  readonly approval: Approval;
  /** What is to be paid at once, and what has been. */
  readonly due: Money;
  readonly paid: Money;
  /** The entry by which what is due was charged, once it had all been paid. */
  readonly feeEntryId: string | null;
  readonly externalId: string | null;
  readonly note: string | null;
  readonly version: number;
  readonly createdAt: Instant;
}

export interface ProductOrderRow {
  readonly id: Id<'order'>;
  readonly order_no: string;
  readonly state: OrderState;
  readonly category: string;
  readonly customer_id: Id<'customer'>;
  readonly account_id: Id<'account'> | null;
  readonly organisation_id: Id<'organisation'>;
  readonly actor_kind: ActorKind;
  readonly actor_id: string;
  readonly quotation_id: Id<'quotation'>;
  readonly priority: number;
  readonly requested_start_at: string | null;
  readonly due_at: string;
  readonly expires_at: string | null;
  readonly started_at: string | null;
  readonly completed_at: string | null;
  readonly cancelled_at: string | null;
  readonly point_of_no_return: boolean;
  readonly approval: Approval;
  readonly currency: CurrencyCode;
  readonly due_minor: string;
  readonly paid_minor: string;
  readonly fee_entry_id: string | null;
  readonly external_id: string | null;
  readonly note: string | null;
  readonly version: number;
  readonly created_at: string;
}

/** The columns of {@link ProductOrderRow}, of the alias `o`. */
export const ORDER_COLUMNS = sql`o.id, o.order_no, o.state, o.category, o.customer_id, o.account_id, o.organisation_id, o.actor_kind, o.actor_id,
  o.quotation_id, o.priority, o.requested_start_at, o.due_at, o.expires_at, o.started_at, o.completed_at, o.cancelled_at, o.point_of_no_return, o.approval,
  o.currency, o.due_minor, o.paid_minor, o.fee_entry_id, o.external_id, o.note, o.version, o.created_at`;

export function toOrder(row: ProductOrderRow): ProductOrder {
  return {
    id: row.id,
    orderNo: row.order_no,
    state: row.state,
    category: row.category,
    customerId: row.customer_id,
    accountId: row.account_id,
    organisationId: row.organisation_id,
    actor: { kind: row.actor_kind, id: row.actor_id },
    quotationId: row.quotation_id,
    priority: row.priority,
    requestedStartAt: optionalInstant(row.requested_start_at),
    dueAt: instantFromDatabase(row.due_at),
    expiresAt: optionalInstant(row.expires_at),
    startedAt: optionalInstant(row.started_at),
    completedAt: optionalInstant(row.completed_at),
    cancelledAt: optionalInstant(row.cancelled_at),
    pointOfNoReturn: row.point_of_no_return,
    approval: row.approval,
    due: { amountMinor: BigInt(row.due_minor), currency: row.currency },
    paid: { amountMinor: BigInt(row.paid_minor), currency: row.currency },
    feeEntryId: row.fee_entry_id,
    externalId: row.external_id,
    note: row.note,
    version: row.version,
    createdAt: instantFromDatabase(row.created_at),
  };
}
