import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { toPage, type Page, type PageRequest } from '../../../kernel/page';
import { among, join, raw, sql, type Sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import { namedLike } from '../released-version/named-like';
import type { VersionState } from '../released-version/version';
import { offeredTo } from '../scope/visible-to';
import { PRODUCT_COLUMNS, toProduct, type Product, type ProductKind, type ProductRow } from './product';

/** Products by id, those that are offered in scope only; one statement for any number. */
export async function selectProductsById(context: ScopedRead, ids: readonly Id<'product'>[]): Promise<Product[]> {
  const rows = await context.sql.query<ProductRow>(sql`
    SELECT ${PRODUCT_COLUMNS} FROM product p
    WHERE p.id ${among(ids)} AND ${offeredTo(context.scope, 'catalogue:read', 'p')}`);
  return rows.map(toProduct);
}

/** As {@link selectProductsById}, by code. */
export async function selectProductsByCode(context: ScopedRead, codes: readonly string[]): Promise<Product[]> {
  const rows = await context.sql.query<ProductRow>(sql`
    SELECT ${PRODUCT_COLUMNS} FROM product p
    WHERE p.code = ANY (${codes}::text[]) AND ${offeredTo(context.scope, 'catalogue:read', 'p')} ORDER BY p.code`);
  return rows.map(toProduct);
}

/** Where and when something must be on sale. */
export interface SellableAt {
  readonly organisationId: Id<'organisation'>;
  readonly at: Instant;
}

/** Every part given must hold. */
export interface ProductFilter {
  readonly kind?: ProductKind;
  readonly serviceType?: string;
  /** With a version in this state. */
  readonly state?: VersionState;
  /** Belonging to this node or to one below it. */
  readonly organisationId?: Id<'organisation'>;
  /** Part of the code or of the name in either language. */
  readonly text?: string;
  readonly sellableAt?: SellableAt;
}

/** One page of products in the order of their codes; the cursor is (code). */
export async function searchProducts(context: ScopedRead, filter: ProductFilter, page: PageRequest): Promise<Page<Product>> {
  const conditions = [offeredTo(context.scope, 'catalogue:read', 'p'), ...conditionsOf(filter)];
  if (page.after !== null) conditions.push(sql`p.code > ${page.after[0]}`);
  const rows = await context.sql.query<ProductRow>(sql`
    SELECT ${PRODUCT_COLUMNS} FROM product p WHERE ${join(conditions, ' AND ')} ORDER BY p.code LIMIT ${page.first + 1}`);
  return toPage(rows.map(toProduct), page.first);
}

function conditionsOf({ kind, serviceType, state, organisationId, text, sellableAt }: ProductFilter): Sql[] {
  const conditions: Sql[] = [];
  const equal = (column: string, value: string | undefined): void => {
    if (value !== undefined) conditions.push(sql`p.${raw(column)} = ${value}`);
  };
  equal('kind', kind);
  equal('service_type', serviceType);
  if (state !== undefined) {
    conditions.push(sql`EXISTS (SELECT FROM product_version v WHERE v.product_id = p.id AND v.state = ${state})`);
  }
  if (organisationId !== undefined) {
    conditions.push(sql`p.organisation_id IN (
      SELECT below.descendant_id FROM organisation_closure below WHERE below.ancestor_id = ${organisationId})`);
  }
  if (text !== undefined) conditions.push(namedLike('p', text));
  if (sellableAt !== undefined) conditions.push(isSellable(sellableAt));
  return conditions;
}

/** On sale at an instant, and no node from the one asked for up to the product's own says that it is not sold there. */
function isSellable({ organisationId, at }: SellableAt): Sql {
  return sql`EXISTS (SELECT FROM product_version v WHERE v.product_id = p.id AND v.sold @> ${at}::timestamptz)
    AND EXISTS (
      SELECT FROM organisation_closure up WHERE up.ancestor_id = p.organisation_id AND up.descendant_id = ${organisationId}::uuid)
    AND NOT EXISTS (
      SELECT FROM product_release f JOIN organisation_closure up ON up.ancestor_id = f.organisation_id
      WHERE f.product_id = p.id AND up.descendant_id = ${organisationId}::uuid AND NOT f.sold
        AND upper_inf(f.recorded) AND f.valid @> ${at}::timestamptz)`;
}
