import { optionalInstant, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { CurrencyCode } from '../../../kernel/money';
import type { ScopedRead } from '../read-context';
import type { Transaction } from '../../connection/core-database';
import { raw, sql, type Sql } from '../../connection/sql';
import { DATED_COLUMNS, dated, type Dated, type DatedRow } from '../dated-fact/dated';
import { factAt, type FactTime } from '../dated-fact/fact-at';
import { visibleTo } from '../scope/visible-to';

/** How many instances of one subscriber are read at once; none can come to hold more. */
export const HELD_MAX = 100;

/** An instance of a product 用户产品 as it was at an instant. */
export interface HeldProduct extends Dated {
  readonly instanceId: Id<'productInstance'>;
  readonly subscriberId: Id<'subscriber'>;
  readonly productId: Id<'product'>;
  readonly versionId: Id<'productVersion'>;
  readonly isPlan: boolean;
  readonly quantity: number;
  /** The order that made it what it is. */
  readonly orderId: Id<'order'>;
  readonly itemNo: number;
  /** Days as ISO dates, the last excluded; null where nothing binds it. */
  readonly term: { readonly from: string; readonly until: string; readonly renewal: string } | null;
  /** The amounts that were agreed, as they are stored, and their currency; null where the list holds. */
  readonly negotiated: string | null;
  readonly negotiatedCurrency: CurrencyCode | null;
}

export interface HeldProductRow extends DatedRow {
  readonly instance_id: Id<'productInstance'>;
  readonly subscriber_id: Id<'subscriber'>;
  readonly product_id: Id<'product'>;
  readonly product_version_id: Id<'productVersion'>;
  readonly is_plan: boolean;
  readonly quantity: number;
  readonly order_id: Id<'order'>;
  readonly item_no: number;
  readonly term_from: string | null;
  readonly term_until: string | null;
  readonly renewal: string | null;
  readonly negotiated: string | null;
  readonly negotiated_currency: CurrencyCode | null;
}

/** The columns of {@link HeldProductRow}, of the fact `f`, its instance `i` and its term `t`. */
const HELD_COLUMNS = sql`f.instance_id, f.subscriber_id, i.product_id, f.product_version_id, f.is_plan, f.quantity, f.order_id, f.item_no,
  t.from_day::text AS term_from, t.until_day::text AS term_until, t.renewal, f.negotiated::text AS negotiated,
  CASE WHEN f.negotiated IS NOT NULL THEN (SELECT v.currency FROM product_version v WHERE v.id = f.product_version_id) END AS negotiated_currency,
  ${DATED_COLUMNS}`;

/** The instance of a fact, and its latest term. */
const OF_FACT: Sql = raw(`JOIN product_instance i ON i.id = f.instance_id
  LEFT JOIN LATERAL (
    SELECT t.from_day, t.until_day, t.renewal FROM contract_term t WHERE t.instance_id = f.instance_id ORDER BY t.from_day DESC LIMIT 1
  ) t ON true`);

export function toHeldProduct(row: HeldProductRow): HeldProduct {
  const { term_from: from, term_until: until, renewal } = row;
  return dated(row, {
    instanceId: row.instance_id,
    subscriberId: row.subscriber_id,
    productId: row.product_id,
    versionId: row.product_version_id,
    isPlan: row.is_plan,
    quantity: row.quantity,
    orderId: row.order_id,
    itemNo: row.item_no,
    term: from === null || until === null || renewal === null ? null : { from, until, renewal },
    negotiated: row.negotiated,
    negotiatedCurrency: row.negotiated_currency,
  });
}

/** What each subscriber in scope held at an instant, as it was known then: the plan first. */
export async function selectHeldProducts(
  context: ScopedRead,
  subscriberIds: readonly Id<'subscriber'>[],
  time: FactTime,
): Promise<HeldProduct[]> {
  if (subscriberIds.length === 0) return [];
  const rows = await context.sql.query<HeldProductRow>(sql`
    SELECT f.* FROM unnest(${subscriberIds}::uuid[]) AS asked (id)
    JOIN subscriber s ON s.id = asked.id AND ${visibleTo(context.scope, 'subscriber:read', 's')}
    CROSS JOIN LATERAL (
      SELECT ${HELD_COLUMNS} FROM subscriber_product f ${OF_FACT}
      WHERE f.subscriber_id = asked.id AND ${factAt('f', time)}
      ORDER BY f.is_plan DESC, f.instance_id LIMIT ${HELD_MAX}
    ) f`);
  return rows.map(toHeldProduct);
}

/** What each subscriber in scope is to hold after an instant 预约, as it was known then: what begins first, first. */
export async function selectPlannedProducts(
  context: ScopedRead,
  subscriberIds: readonly Id<'subscriber'>[],
  { validAt, knownAt }: FactTime,
): Promise<HeldProduct[]> {
  if (subscriberIds.length === 0) return [];
  const known = knownAt === null ? sql`upper_inf(f.recorded)` : sql`f.recorded @> ${knownAt}::timestamptz`;
  const rows = await context.sql.query<HeldProductRow>(sql`
    SELECT f.* FROM unnest(${subscriberIds}::uuid[]) AS asked (id)
    JOIN subscriber s ON s.id = asked.id AND ${visibleTo(context.scope, 'subscriber:read', 's')}
    CROSS JOIN LATERAL (
      SELECT ${HELD_COLUMNS} FROM subscriber_product f ${OF_FACT}
      WHERE f.subscriber_id = asked.id AND ${known} AND lower(f.valid) > ${validAt}::timestamptz
      ORDER BY lower(f.valid), f.instance_id LIMIT ${HELD_MAX}
    ) f`);
  return rows.map(toHeldProduct);
}

/** How many changes of one instance are shown: the last ones. */
export const SHOWN_CHANGES_MAX = 100;

/** What each instance was, is and is to be, as known now, of subscribers in scope: the last first. */
export async function selectInstanceHistory(context: ScopedRead, ids: readonly Id<'productInstance'>[]): Promise<HeldProduct[]> {
  const rows = await context.sql.query<HeldProductRow>(sql`
    SELECT f.* FROM unnest(${ids}::uuid[]) AS asked (id)
    CROSS JOIN LATERAL (
      SELECT ${HELD_COLUMNS} FROM subscriber_product f ${OF_FACT}
      JOIN subscriber s ON s.id = f.subscriber_id AND ${visibleTo(context.scope, 'subscriber:read', 's')}
      WHERE f.instance_id = asked.id AND upper_inf(f.recorded)
      ORDER BY lower(f.valid) DESC LIMIT ${SHOWN_CHANGES_MAX}
    ) f`);
  return rows.map(toHeldProduct);
}

/** Instances by id, of subscribers in scope: as they are now, else as they were last, else as they will first be. */
export async function selectProductInstances(
  context: ScopedRead,
  ids: readonly Id<'productInstance'>[],
  now: Instant,
): Promise<HeldProduct[]> {
  const rows = await context.sql.query<HeldProductRow>(sql`
    SELECT f.* FROM unnest(${ids}::uuid[]) AS asked (id)
    CROSS JOIN LATERAL (
      SELECT ${HELD_COLUMNS} FROM subscriber_product f ${OF_FACT}
      JOIN subscriber s ON s.id = f.subscriber_id AND ${visibleTo(context.scope, 'subscriber:read', 's')}
      WHERE f.instance_id = asked.id AND upper_inf(f.recorded)
      ORDER BY lower(f.valid) > ${now}::timestamptz, abs(extract(epoch FROM lower(f.valid) - ${now}::timestamptz)) LIMIT 1
    ) f`);
  return rows.map(toHeldProduct);
}

/** What a customer has with us, over all subscribers that it owns. */
export interface CustomerHolding {
  /** When the first of its subscribers was put in service; null for a new customer, and for one whose subscribers never were. */
  readonly inServiceSince: Instant | null;
  /** Codes of the products that its subscribers hold. */
  readonly codes: readonly string[];
}

/** One that was opened ahead 预开户 is in service from its activation on. */
const IN_SERVICE_SINCE: Sql = raw(`coalesce((
      SELECT max(upper(a.valid)) FROM subscriber_status a
      WHERE a.subscriber_id = s.id AND a.status = 'pendingActive' AND upper_inf(a.recorded)), s.opened_at)`);

/**
 * Keeps others who ask for this from what a customer holds until the transaction ends: what one order brings is seen by the next. Who does
 * not ask is not held up.
 */
export async function lockCustomerHolding(transaction: Transaction, customerId: Id<'customer'>): Promise<void> {
  await transaction.query(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`sanhu holding ${customerId}`}, 0))`);
}

/** What a customer holds now, of its subscribers in scope; who decides about the customer reads them all. */
export async function selectCustomerHolding(context: ScopedRead, customerId: Id<'customer'>, time: FactTime): Promise<CustomerHolding> {
  const [row] = await context.sql.query<{ first_in_service: string | null; codes: string[] }>(sql`
    SELECT min(${IN_SERVICE_SINCE}) FILTER (WHERE s.status NOT IN ('created', 'pendingActive', 'cancelled', 'aborted'))::text AS first_in_service,
           coalesce(array_agg(DISTINCT p.code) FILTER (WHERE p.code IS NOT NULL), '{}') AS codes
    FROM subscriber_customer r
    JOIN subscriber s ON s.id = r.subscriber_id AND ${visibleTo(context.scope, 'subscriber:read', 's')}
    LEFT JOIN subscriber_product f ON f.subscriber_id = s.id AND ${factAt('f', time)}
    LEFT JOIN product_instance i ON i.id = f.instance_id
    LEFT JOIN product p ON p.id = i.product_id
    WHERE r.customer_id = ${customerId} AND r.role = 'OWNER' AND ${factAt('r', time)}`);
  return { inServiceSince: optionalInstant(row?.first_in_service ?? null), codes: row?.codes ?? [] };
}
