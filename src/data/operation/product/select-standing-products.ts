import { instantFromDatabase, optionalInstant, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import type { VersionState } from '../released-version/version';
import { visibleTo } from '../scope/visible-to';
import type { SoldAt } from './insert-instances';
import { HELD_MAX } from './select-instances';

/** An instance that a subscriber holds, or is to hold, with what decides about changing it. */
export interface StandingProduct {
  readonly instanceId: Id<'productInstance'>;
  readonly subscriberId: Id<'subscriber'>;
  readonly productId: Id<'product'>;
  readonly versionId: Id<'productVersion'>;
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly state: VersionState;
  readonly isPlan: boolean;
  readonly quantity: number;
  /** As it is stored. */
  readonly negotiated: string | null;
  /** The order that made it what it is. */
  readonly orderId: Id<'order'>;
  readonly itemNo: number;
  readonly validFrom: Instant;
  readonly validTo: Instant | null;
  readonly sold: SoldAt | null;
  /** The first day of the contract as an ISO date; null where nothing ever bound it. */
  readonly termFrom: string | null;
  /** The day on which it ends by itself as an ISO date: after a term that nothing follows. */
  readonly endsOn: string | null;
}

interface StandingRow {
  readonly instance_id: Id<'productInstance'>;
  readonly product_id: Id<'product'>;
  readonly product_version_id: Id<'productVersion'>;
  readonly code: string;
  readonly name: string;
  readonly name_en: string;
  readonly state: VersionState;
  readonly is_plan: boolean;
  readonly quantity: number;
  readonly negotiated: string | null;
  readonly order_id: Id<'order'>;
  readonly item_no: number;
  readonly valid_from: string;
  readonly valid_to: string | null;
  readonly sold_by: Id<'organisation'> | null;
  readonly sold_at: string | null;
  readonly term_from: string | null;
  readonly ends_on: string | null;
}

/** What a subscriber in scope holds at an instant, and what it is to hold after it, as known now: plans first. */
export async function selectStandingProducts(
  context: ScopedRead,
  subscriberId: Id<'subscriber'>,
  from: Instant,
): Promise<StandingProduct[]> {
  const rows = await context.sql.query<StandingRow>(sql`
    SELECT f.instance_id, i.product_id, f.product_version_id, p.code, p.name, p.name_en, v.state, f.is_plan, f.quantity, f.negotiated::text,
           f.order_id, f.item_no, lower(f.valid) AS valid_from, upper(f.valid) AS valid_to, i.sold_by, i.sold_at,
           t.from_day::text AS term_from, CASE t.renewal WHEN 'END' THEN t.until_day::text END AS ends_on
    FROM subscriber s
    JOIN subscriber_product f ON f.subscriber_id = s.id
    JOIN product_instance i ON i.id = f.instance_id
    JOIN product p ON p.id = i.product_id
    JOIN product_version v ON v.id = f.product_version_id
    LEFT JOIN LATERAL (
      SELECT t.from_day, t.until_day, t.renewal FROM contract_term t WHERE t.instance_id = i.id ORDER BY t.from_day DESC LIMIT 1
    ) t ON true
    WHERE s.id = ${subscriberId} AND ${visibleTo(context.scope, 'subscriber:read', 's')}
      AND upper_inf(f.recorded) AND f.valid && tstzrange(${from}, NULL)
    ORDER BY f.is_plan DESC, f.instance_id, lower(f.valid) LIMIT ${2 * HELD_MAX}`);
  return rows.map((row) => ({
    instanceId: row.instance_id,
    subscriberId,
    productId: row.product_id,
    versionId: row.product_version_id,
    code: row.code,
    name: row.name,
    nameEn: row.name_en,
    state: row.state,
    isPlan: row.is_plan,
    quantity: row.quantity,
    negotiated: row.negotiated,
    orderId: row.order_id,
    itemNo: row.item_no,
    validFrom: instantFromDatabase(row.valid_from),
    validTo: optionalInstant(row.valid_to),
    sold: row.sold_by === null || row.sold_at === null ? null : { organisationId: row.sold_by, at: instantFromDatabase(row.sold_at) },
    termFrom: row.term_from,
    endsOn: row.ends_on,
  }));
}
