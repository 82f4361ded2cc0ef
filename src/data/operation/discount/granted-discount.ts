import type { Id } from '../../../kernel/id';
import type { Instant } from '../../../kernel/clock';
import type { CurrencyCode } from '../../../kernel/money';
import type { Json } from '../../../kernel/stable-json';
import { raw, sql, type Sql } from '../../connection/sql';
import { DATED_COLUMNS, dated, type Dated, type DatedRow } from '../dated-fact/dated';
import { factAt, type FactTime } from '../dated-fact/fact-at';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';

/** How many discounts one holder may have at a time. */
export const GRANTED_MAX = 50;

/** A discount as a subscriber, a bundle or an account has it 已办优惠, as it was at an instant. */
export interface HeldDiscount extends Dated {
  readonly grantId: Id<'grantedDiscount'>;
  readonly discountId: Id<'discount'>;
  readonly versionId: Id<'discountVersion'>;
  /** Who has it: one of the three. */
  readonly subscriberId: Id<'subscriber'> | null;
  readonly bundleInstanceId: Id<'bundleInstance'> | null;
  readonly accountId: Id<'account'> | null;
  readonly exclusionGroup: string | null;
  /** For how many billing periods, and for how much money, it was granted; null: no such end. */
  readonly periods: number | null;
  readonly amountMinor: bigint | null;
  readonly currency: CurrencyCode;
  /** When money paid ahead comes back: days with their amounts. */
  readonly returns: Json;
  /** What its order keeps of the discount's budget; null where there is none. */
  readonly reservedMinor: bigint | null;
  /** The order that granted it. */
  readonly orderId: Id<'order'>;
  readonly itemNo: number;
}

export interface HeldDiscountRow extends DatedRow {
  readonly grant_id: Id<'grantedDiscount'>;
  readonly discount_id: Id<'discount'>;
  readonly discount_version_id: Id<'discountVersion'>;
  readonly subscriber_id: Id<'subscriber'> | null;
  readonly bundle_instance_id: Id<'bundleInstance'> | null;
  readonly account_id: Id<'account'> | null;
  readonly exclusion_group: string | null;
  readonly periods: number | null;
  readonly amount_minor: string | null;
  readonly currency: CurrencyCode;
  readonly returns: Json;
  readonly reserved_minor: string | null;
  readonly order_id: Id<'order'>;
  readonly item_no: number;
}

/** The columns of {@link HeldDiscountRow}, of the fact `f` and what is kept for it, `r`. */
const HELD_COLUMNS = sql`f.grant_id, f.discount_id, f.discount_version_id, f.subscriber_id, f.bundle_instance_id, f.account_id, f.exclusion_group,
  f.periods, f.amount_minor::text AS amount_minor, f.currency, f.returns, r.amount_minor::text AS reserved_minor, f.order_id, f.item_no,
  ${DATED_COLUMNS}`;

const WITH_RESERVATION: Sql = raw(`LEFT JOIN discount_reservation r
  ON r.order_id = f.order_id AND r.item_no = f.item_no AND r.discount_id = f.discount_id`);

export function toHeldDiscount(row: HeldDiscountRow): HeldDiscount {
  return dated(row, {
    grantId: row.grant_id,
    discountId: row.discount_id,
    versionId: row.discount_version_id,
    subscriberId: row.subscriber_id,
    bundleInstanceId: row.bundle_instance_id,
    accountId: row.account_id,
    exclusionGroup: row.exclusion_group,
    periods: row.periods,
    amountMinor: row.amount_minor === null ? null : BigInt(row.amount_minor),
    currency: row.currency,
    returns: row.returns,
    reservedMinor: row.reserved_minor === null ? null : BigInt(row.reserved_minor),
    orderId: row.order_id,
    itemNo: row.item_no,
  });
}

/** As of when discounts are asked for: at an instant, or from one on, with what is to begin later. */
export type HeldTime = FactTime | { readonly from: Instant };

/** What each holder that was `asked` for has at an instant, or from one on, in the order of the grants. */
function heldBy(holder: 'subscriber_id' | 'bundle_instance_id' | 'account_id', time: HeldTime): Sql {
  const held = 'from' in time ? sql`upper_inf(f.recorded) AND f.valid && tstzrange(${time.from}, NULL)` : factAt('f', time);
  return sql`CROSS JOIN LATERAL (
      SELECT ${HELD_COLUMNS} FROM granted_discount f ${WITH_RESERVATION}
      WHERE f.${raw(holder)} = asked.id AND ${held} ORDER BY f.grant_id LIMIT ${GRANTED_MAX}
    ) f`;
}

/** The discounts of each subscriber in scope at an instant, as it was known then, in the order of their grant. */
export async function selectDiscountsOfSubscribers(
  context: ScopedRead,
  subscriberIds: readonly Id<'subscriber'>[],
  time: HeldTime,
): Promise<HeldDiscount[]> {
  if (subscriberIds.length === 0) return [];
  const rows = await context.sql.query<HeldDiscountRow>(sql`
    SELECT f.* FROM unnest(${subscriberIds}::uuid[]) AS asked (id)
    JOIN subscriber s ON s.id = asked.id AND ${visibleTo(context.scope, 'subscriber:read', 's')}
    ${heldBy('subscriber_id', time)}`);
  return rows.map(toHeldDiscount);
}

/** As {@link selectDiscountsOfSubscribers}, of bundles: who may see a bundle sees its discounts. */
export async function selectDiscountsOfBundles(
  context: ScopedRead,
  bundleIds: readonly Id<'bundleInstance'>[],
  time: HeldTime,
): Promise<HeldDiscount[]> {
  if (bundleIds.length === 0) return [];
  const rows = await context.sql.query<HeldDiscountRow>(sql`
    SELECT f.* FROM unnest(${bundleIds}::uuid[]) AS asked (id)
    JOIN bundle_instance b ON b.id = asked.id AND ${visibleTo(context.scope, 'account:read', 'b')}
    ${heldBy('bundle_instance_id', time)}`);
  return rows.map(toHeldDiscount);
}

/** As {@link selectDiscountsOfSubscribers}, of accounts. */
export async function selectDiscountsOfAccounts(
  context: ScopedRead,
  accountIds: readonly Id<'account'>[],
  time: HeldTime,
): Promise<HeldDiscount[]> {
  if (accountIds.length === 0) return [];
  const rows = await context.sql.query<HeldDiscountRow>(sql`
    SELECT f.* FROM unnest(${accountIds}::uuid[]) AS asked (id)
    JOIN account a ON a.id = asked.id AND ${visibleTo(context.scope, 'account:read', 'a')}
    ${heldBy('account_id', time)}`);
  return rows.map(toHeldDiscount);
}

/** Grants by id, of holders in scope: as they are now, else as they were last. */
export async function selectGrantedDiscounts(
  context: ScopedRead,
  ids: readonly Id<'grantedDiscount'>[],
  now: Instant,
): Promise<HeldDiscount[]> {
  const rows = await context.sql.query<HeldDiscountRow>(sql`
    SELECT f.* FROM unnest(${ids}::uuid[]) AS asked (id)
    CROSS JOIN LATERAL (
      SELECT ${HELD_COLUMNS} FROM granted_discount f ${WITH_RESERVATION}
      LEFT JOIN subscriber s ON s.id = f.subscriber_id AND ${visibleTo(context.scope, 'subscriber:read', 's')}
      LEFT JOIN account a ON a.id = f.account_id AND ${visibleTo(context.scope, 'account:read', 'a')}
      LEFT JOIN bundle_instance b ON b.id = f.bundle_instance_id AND ${visibleTo(context.scope, 'account:read', 'b')}
      WHERE f.grant_id = asked.id AND upper_inf(f.recorded) AND num_nonnulls(s.id, a.id, b.id) = 1
      ORDER BY abs(extract(epoch FROM lower(f.valid) - ${now}::timestamptz)) LIMIT 1
    ) f`);
  return rows.map(toHeldDiscount);
}
