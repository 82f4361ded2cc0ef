import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import type { CurrencyCode } from '../../../kernel/money';
import type { Json } from '../../../kernel/stable-json';
import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import type { OrderActor } from './order-actor';
import type { OrderState } from './order-state';
import type { NewOrderEvent } from './write-order';

/** An order that asks for nothing to be paid, with the quotation that it is made of. */
export interface OrderInBatch {
  readonly id: Id<'order'>;
  readonly quotationId: Id<'quotation'>;
  readonly customerId: Id<'customer'>;
  readonly accountId: Id<'account'> | null;
  readonly organisationId: Id<'organisation'>;
  readonly category: string;
  readonly priority: number;
  readonly externalId: string | null;
  readonly note: string | null;
  readonly request: Json;
  readonly serviceTypes: readonly string[];
  readonly currency: CurrencyCode;
}

/**
 * Inserts quotations and the orders that are made of them, completed at this instant, by one statement a table. Their items and history
 * are written after them.
 * @returns the order numbers, in the order of the input
 */
export async function insertCompletedOrders(
  transaction: Transaction,
  orders: readonly OrderInBatch[],
  { state, actor, now }: { readonly state: OrderState; readonly actor: OrderActor; readonly now: Instant },
): Promise<string[]> {
  if (orders.length === 0) return [];
  const [ids, quotationIds] = [orders.map(({ id }) => id), orders.map(({ quotationId }) => quotationId)];
  const organisationIds = orders.map(({ organisationId }) => organisationId);
  const [customerIds, accountIds] = [orders.map(({ customerId }) => customerId), orders.map(({ accountId }) => accountId)];
  const currencies = orders.map(({ currency }) => currency);
  await transaction.query(sql`
    INSERT INTO quotation (id, organisation_id, customer_id, account_id, request, lines, service_types, currency, due_minor, approval_needed, valid_until,
                           actor_kind, actor_id, used_by_order_id, created_at)
    SELECT id, organisation_id, customer_id, account_id, request::jsonb, '[]', string_to_array(service_types, ' '), currency, 0, false, ${now},
           ${actor.kind}, ${actor.id}, order_id, ${now}
    FROM unnest(${quotationIds}::uuid[], ${organisationIds}::uuid[], ${customerIds}::uuid[], ${accountIds}::uuid[],
                ${orders.map(({ request }) => JSON.stringify(request))}::text[],
                ${orders.map(({ serviceTypes }) => serviceTypes.join(' '))}::text[], ${currencies}::text[], ${ids}::uuid[])
         AS r (id, organisation_id, customer_id, account_id, request, service_types, currency, order_id)`);
  const rows = await transaction.query<{ id: Id<'order'>; order_no: string }>(sql`
    INSERT INTO product_order (id, state, category, customer_id, account_id, organisation_id, actor_kind, actor_id, quotation_id, priority, due_at,
                               started_at, completed_at, point_of_no_return, approval, currency, due_minor, external_id, note, created_at)
    SELECT id, ${state}, category, customer_id, account_id, organisation_id, ${actor.kind}, ${actor.id}, quotation_id, priority, ${now},
           ${now}, ${now}, true, 'NONE', currency, 0, external_id, note, ${now}
    FROM unnest(${ids}::uuid[], ${orders.map(({ category }) => category)}::text[], ${customerIds}::uuid[], ${accountIds}::uuid[],
                ${organisationIds}::uuid[], ${quotationIds}::uuid[], ${orders.map(({ priority }) => priority)}::integer[], ${currencies}::text[],
                ${orders.map(({ externalId }) => externalId)}::text[], ${orders.map(({ note }) => note)}::text[])
         AS r (id, category, customer_id, account_id, organisation_id, quotation_id, priority, currency, external_id, note)
    RETURNING id, order_no`);
  const numbers = new Map(rows.map((row) => [row.id, row.order_no]));
  return ids.map((id) => {
    const number = numbers.get(id);
    invariant(number !== undefined, 'an order that was inserted has a number');
    return number;
  });
}

/** Writes the history of orders that this transaction has made and whose courses were the same, from its beginning. */
export async function insertFirstEvents(
  transaction: Transaction,
  orderIds: readonly Id<'order'>[],
  steps: readonly NewOrderEvent[],
  { actor, now }: { readonly actor: OrderActor; readonly now: Instant },
): Promise<void> {
  await transaction.query(sql`
    INSERT INTO order_event (order_id, event_no, item_no, from_state, to_state, reason, note, actor_kind, actor_id, at)
    SELECT o.id, step.place, step.item_no, step.from_state, step.to_state, step.reason, step.note, ${actor.kind}, ${actor.id}, ${now}
    FROM unnest(${orderIds}::uuid[]) AS o (id)
    CROSS JOIN unnest(${steps.map(({ itemNo }) => itemNo)}::integer[], ${steps.map(({ from }) => from)}::text[],
                      ${steps.map(({ to }) => to)}::text[], ${steps.map(({ reason }) => reason)}::text[], ${steps.map(({ note }) => note)}::text[])
               WITH ORDINALITY AS step (item_no, from_state, to_state, reason, note, place)`);
}
