import { instantFromDatabase, type Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import type { CurrencyCode, Money } from '../../../kernel/money';
import type { Json } from '../../../kernel/stable-json';
import type { Transaction } from '../../connection/core-database';
import { insertRow } from '../../connection/insert-row';
import { among, sql, type Sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import { quotationVisibleTo } from './order-visible-to';
import type { ActorKind, OrderActor } from './order-actor';
import { QuotationEntity } from './quotation.entity';

/** What was asked for, what it would cost and why 报价; prices hold until `validUntil`. */
export interface Quotation {
  readonly id: Id<'quotation'>;
  readonly organisationId: Id<'organisation'>;
  readonly customerId: Id<'customer'>;
  readonly accountId: Id<'account'> | null;
  readonly request: Json;
  readonly lines: Json;
  /** What is to be paid at once. */
  readonly due: Money;
  /** Something was granted beyond the authority of who asked. */
  readonly approvalNeeded: boolean;
  /** What an order of it takes from the budgets of discounts, by item. */
  readonly budgets: Json;
  /** What is given away by hand, by kind. */
  readonly givenAway: Json;
  readonly validUntil: Instant;
  readonly actor: OrderActor;
  readonly usedByOrderId: Id<'order'> | null;
  readonly createdAt: Instant;
}

interface QuotationRow {
  readonly id: Id<'quotation'>;
  readonly organisation_id: Id<'organisation'>;
  readonly customer_id: Id<'customer'>;
  readonly account_id: Id<'account'> | null;
  readonly request: Json;
  readonly lines: Json;
  readonly currency: CurrencyCode;
  readonly due_minor: string;
  readonly approval_needed: boolean;
  readonly budgets: Json;
  readonly given_away: Json;
  readonly valid_until: string;
  readonly actor_kind: ActorKind;
  readonly actor_id: string;
  readonly used_by_order_id: Id<'order'> | null;
  readonly created_at: string;
}

const QUOTATION_COLUMNS = sql`q.id, q.organisation_id, q.customer_id, q.account_id, q.request, q.lines, q.currency, q.due_minor, q.approval_needed,
  q.budgets, q.given_away, q.valid_until, q.actor_kind, q.actor_id, q.used_by_order_id, q.created_at`;

function toQuotation(row: QuotationRow): Quotation {
  return {
    id: row.id,
    organisationId: row.organisation_id,
    customerId: row.customer_id,
    accountId: row.account_id,
    request: row.request,
    lines: row.lines,
    due: { amountMinor: BigInt(row.due_minor), currency: row.currency },
    approvalNeeded: row.approval_needed,
    budgets: row.budgets,
    givenAway: row.given_away,
    validUntil: instantFromDatabase(row.valid_until),
    actor: { kind: row.actor_kind, id: row.actor_id },
    usedByOrderId: row.used_by_order_id,
    createdAt: instantFromDatabase(row.created_at),
  };
}

/** Quotations by id, those in scope only; one statement for any number. */
export async function selectQuotationsById(context: ScopedRead, ids: readonly Id<'quotation'>[]): Promise<Quotation[]> {
  const rows = await context.sql.query<QuotationRow>(sql`
    SELECT ${QUOTATION_COLUMNS} FROM quotation q
    WHERE q.id ${among(ids)} AND ${quotationVisibleTo(context.scope, 'order:read', 'q')}`);
  return rows.map(toQuotation);
}

/** Locks the quotation that someone who may write orders at its node is about to use: it is used once. */
export async function lockQuotationToUse(context: ScopedRead, id: Id<'quotation'>): Promise<Quotation | undefined> {
  const [row] = await context.sql.query<QuotationRow>(sql`
    SELECT ${QUOTATION_COLUMNS} FROM quotation q WHERE q.id = ${id} AND ${quotationVisibleTo(context.scope, 'order:write', 'q')}
    FOR NO KEY UPDATE OF q`);
  return row === undefined ? undefined : toQuotation(row);
}

export async function insertQuotation(transaction: Transaction, quotation: QuotationEntity): Promise<void> {
  await insertRow(transaction, QuotationEntity, quotation);
}

/** Ties a locked quotation, which no order has used, to the one that now follows it; a new order does so itself. */
export async function useQuotation(transaction: Transaction, id: Id<'quotation'>, orderId: Id<'order'>): Promise<void> {
  const used = await transaction.query(usingQuotation(id, orderId));
  invariant(used.length === 1, 'a quotation is used once');
}

/** The statement of {@link useQuotation}. */
export function usingQuotation(id: Id<'quotation'>, orderId: Id<'order'>): Sql {
  return sql`UPDATE quotation SET used_by_order_id = ${orderId} WHERE id = ${id} AND used_by_order_id IS NULL RETURNING id`;
}
