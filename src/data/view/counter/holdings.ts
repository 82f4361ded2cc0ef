import { raw, sql, type Sql } from '../../connection/sql';
import { factNow } from '../../operation/dated-fact/fact-at';
import { toDiscount, type Discount, type DiscountRow } from '../../operation/discount/discount';
import { GRANTED_MAX, toHeldDiscount, type HeldDiscount, type HeldDiscountRow } from '../../operation/discount/granted-discount';
import {
  toBundle, toMembership, type BundleInstance, type BundleMembership, type BundleRow, type MembershipRow,
} from '../../operation/product/bundle-instance'; // prettier-ignore
import { toProduct, type Product, type ProductRow } from '../../operation/product/product';
import { HELD_MAX, toHeldProduct, type HeldProduct, type HeldProductRow } from '../../operation/product/select-instances';
import type { ScopedRead } from '../../operation/read-context';
import { offeredTo, visibleTo } from '../../operation/scope/visible-to';

/*
 * What a subscriber holds now, as briefly as a counter shows it: how many of what, since when and until when. To ask such a row for
 * anything else is an error. With all that the loaders read of them, these parts took twice as long, for what few clerks look at.
 */

/** Which parts are wanted of what a subscriber holds. */
export interface HoldingWants {
  readonly products: boolean;
  readonly plannedProducts: boolean;
  readonly bundle: boolean;
  readonly discounts: boolean;
}

/** What a subscriber holds, each with what the catalogue calls it: null when that is not offered in scope. A part not wanted is absent. */
export interface Holdings {
  readonly products?: readonly NamedProduct[];
  readonly plannedProducts?: readonly NamedProduct[];
  /** Null: it is in none. */
  readonly bundle?: NamedMembership | null;
  readonly discounts?: readonly NamedDiscount[];
}

export interface NamedProduct {
  readonly held: HeldProduct;
  readonly product: Product | null;
}

export interface NamedMembership {
  readonly membership: BundleMembership;
  /** Null when outside the scope. */
  readonly bundle: { readonly instance: BundleInstance; readonly product: Product | null } | null;
}

export interface NamedDiscount {
  readonly held: HeldDiscount;
  readonly discount: Discount | null;
}

/** Beside each other in one row: whose names nothing was found has no code. */
type NamedBy<Row extends { readonly id: unknown; readonly code: string }> = Omit<Row, 'id' | 'code'> & { readonly code: string | null };

type ProductJson = HeldProductRow & NamedBy<ProductRow> & { readonly planned: boolean };
type BundleJson = MembershipRow & BundleRow & NamedBy<ProductRow> & { readonly in_scope: boolean };
type DiscountJson = HeldDiscountRow & NamedBy<DiscountRow>;

export interface HoldingsRow {
  readonly products?: readonly ProductJson[] | null;
  readonly bundle?: BundleJson | null;
  readonly discounts?: readonly DiscountJson[] | null;
}

const NAMES = raw('p.code, p.name, p.name_en, p.version');

/** What the subscriber of alias `s` holds, as columns. Each has its switch as a value, so that all are one text; what is off is not run. */
export function holdingParts(context: ScopedRead, wants: HoldingWants): Sql {
  const { products, plannedProducts, bundle, discounts } = wants;
  return sql`
      , CASE WHEN ${products || plannedProducts}::boolean THEN (SELECT json_agg(h) FROM (${productsOf(context, wants)}) h) END AS products
      , CASE WHEN ${bundle}::boolean THEN (SELECT row_to_json(h) FROM (${membershipOf(context)}) h) END AS bundle
      , CASE WHEN ${discounts}::boolean THEN (SELECT json_agg(h) FROM (${discountsOf(context)}) h) END AS discounts`;
}

/** What it holds, the plan first, and then what it is to hold, in the order of time: by one look, since most hold two and plan none. */
function productsOf({ scope, now }: ScopedRead, { products, plannedProducts }: HoldingWants): Sql {
  const planned = sql`lower(f.valid) > ${now}::timestamptz`;
  return sql`
      SELECT f.instance_id, f.is_plan, f.quantity, lower(f.valid) AS valid_from, upper(f.valid) AS valid_to, ${planned} AS planned,
        i.product_id, p.kind, ${NAMES}
      FROM subscriber_product f JOIN product_instance i ON i.id = f.instance_id
      LEFT JOIN product p ON p.id = i.product_id AND ${offeredTo(scope, 'catalogue:read', 'p')}
      WHERE f.subscriber_id = s.id AND upper_inf(f.recorded) AND (upper_inf(f.valid) OR upper(f.valid) > ${now}::timestamptz)
        AND CASE WHEN ${planned} THEN ${plannedProducts}::boolean ELSE ${products}::boolean END
      ORDER BY greatest(lower(f.valid), ${now}::timestamptz), CASE WHEN ${planned} THEN true ELSE f.is_plan END DESC, f.instance_id
      LIMIT ${2 * HELD_MAX}`;
}

function membershipOf({ scope, now }: ScopedRead): Sql {
  return sql`
      SELECT f.role, f.bundle_instance_id, b.id IS NOT NULL AS in_scope, b.created_at, b.product_id, p.kind, ${NAMES}
      FROM bundle_membership f
      LEFT JOIN bundle_instance b ON b.id = f.bundle_instance_id AND ${visibleTo(scope, 'account:read', 'b')}
      LEFT JOIN product p ON p.id = b.product_id AND ${offeredTo(scope, 'catalogue:read', 'p')}
      WHERE f.subscriber_id = s.id AND ${factNow('f', now)} LIMIT 1`;
}

function discountsOf({ scope, now }: ScopedRead): Sql {
  return sql`
      SELECT f.grant_id, f.discount_id, f.periods, f.amount_minor::text AS amount_minor, f.currency, NULL AS reserved_minor,
        lower(f.valid) AS valid_from, upper(f.valid) AS valid_to, ${NAMES}
      FROM granted_discount f LEFT JOIN discount p ON p.id = f.discount_id AND ${offeredTo(scope, 'catalogue:read', 'p')}
      WHERE f.subscriber_id = s.id AND ${factNow('f', now)} ORDER BY f.grant_id LIMIT ${GRANTED_MAX}`;
}

export function toHoldings(row: HoldingsRow, wants: HoldingWants): Holdings {
  const products = row.products ?? [];
  return {
    ...(wants.products && { products: products.filter(({ planned }) => !planned).map(toNamedProduct) }),
    ...(wants.plannedProducts && { plannedProducts: firstOf(products.filter(({ planned }) => planned)).map(toNamedProduct) }),
    ...(wants.bundle && { bundle: row.bundle == null ? null : toNamedMembership(row.bundle) }),
    ...(wants.discounts && { discounts: (row.discounts ?? []).map(toNamedDiscount) }),
  };
}

function firstOf(products: readonly ProductJson[]): readonly ProductJson[] {
  return products.length > HELD_MAX ? products.slice(0, HELD_MAX) : products;
}

function toNamedProduct(row: ProductJson): NamedProduct {
  return { held: toHeldProduct(row), product: productOf(row) };
}

function productOf(row: NamedBy<ProductRow> & Pick<HeldProductRow, 'product_id'>): Product | null {
  return row.code === null ? null : toProduct({ ...row, id: row.product_id, code: row.code });
}

function toNamedMembership(row: BundleJson): NamedMembership {
  return { membership: toMembership(row), bundle: row.in_scope ? { instance: toBundle(row), product: productOf(row) } : null };
}

function toNamedDiscount(row: DiscountJson): NamedDiscount {
  return {
    held: toHeldDiscount(row),
    discount: row.code === null ? null : toDiscount({ ...row, id: row.discount_id, code: row.code }),
  };
}
