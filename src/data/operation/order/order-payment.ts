import { instantFromDatabase, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { CurrencyCode, Money } from '../../../kernel/money';
import type { Transaction } from '../../connection/core-database';
import { insertRow } from '../../connection/insert-row';
import { among, sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import { orderVisibleTo } from './order-visible-to';
import type { ActorKind, OrderActor } from './order-actor';
import type { OrderPaymentKind, OrderPaymentMethod } from './order-payment-kind';
import { OrderPaymentEntity } from './order-payment.entity';

/** A payment of what an order asks for at once 受理缴费, or its return. */
export interface OrderPayment {
  readonly id: Id<'orderPayment'>;
  readonly orderId: Id<'order'>;
  readonly kind: OrderPaymentKind;
  readonly method: OrderPaymentMethod;
  readonly amount: Money;
  /** The receipt, slip or transaction by which it is found outside; null for a return. */
  readonly reference: string | null;
  readonly refundsId: Id<'orderPayment'> | null;
  readonly ledgerEntryId: string | null;
  readonly actor: OrderActor;
  readonly at: Instant;
}

interface OrderPaymentRow {
  readonly id: Id<'orderPayment'>;
  readonly order_id: Id<'order'>;
  readonly kind: OrderPaymentKind;
  readonly method: OrderPaymentMethod;
  readonly amount_minor: string;
  readonly currency: CurrencyCode;
  readonly reference: string | null;
  readonly refunds_id: Id<'orderPayment'> | null;
  readonly ledger_entry_id: string | null;
  readonly actor_kind: ActorKind;
  readonly actor_id: string;
  readonly at: string;
}

/** The payments of many orders in scope, oldest first. */
export async function selectOrderPayments(context: ScopedRead, orderIds: readonly Id<'order'>[]): Promise<OrderPayment[]> {
  const rows = await context.sql.query<OrderPaymentRow>(sql`
    SELECT p.id, p.order_id, p.kind, p.method, p.amount_minor, p.currency, p.reference, p.refunds_id, p.ledger_entry_id, p.actor_kind, p.actor_id, p.at
    FROM product_order o JOIN order_payment p ON p.order_id = o.id
    WHERE o.id ${among(orderIds)} AND ${orderVisibleTo(context.scope, 'order:read', 'o')}
    ORDER BY p.order_id, p.id`);
  return rows.map((row) => ({
    id: row.id,
    orderId: row.order_id,
    kind: row.kind,
    method: row.method,
    amount: { amountMinor: BigInt(row.amount_minor), currency: row.currency },
    reference: row.reference,
    refundsId: row.refunds_id,
    ledgerEntryId: row.ledger_entry_id,
    actor: { kind: row.actor_kind, id: row.actor_id },
    at: instantFromDatabase(row.at),
  }));
}

export async function insertOrderPayment(transaction: Transaction, payment: OrderPaymentEntity): Promise<void> {
  await insertRow(transaction, OrderPaymentEntity, payment);
}
