import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { toPage, type Page, type PageRequest } from '../../../kernel/page';
import { among, join, sql, type Sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import { namedLike } from '../released-version/named-like';
import type { VersionState } from '../released-version/version';
import { offeredTo } from '../scope/visible-to';
import { DISCOUNT_COLUMNS, toDiscount, type Discount, type DiscountRow } from './discount';

/** Discounts by id, those that are offered in scope only; one statement for any number. */
export async function selectDiscountsById(context: ScopedRead, ids: readonly Id<'discount'>[]): Promise<Discount[]> {
  const rows = await context.sql.query<DiscountRow>(sql`
    SELECT ${DISCOUNT_COLUMNS} FROM discount d
    WHERE d.id ${among(ids)} AND ${offeredTo(context.scope, 'catalogue:read', 'd')}`);
  return rows.map(toDiscount);
}

/** As {@link selectDiscountsById}, by code. */
export async function selectDiscountsByCode(context: ScopedRead, codes: readonly string[]): Promise<Discount[]> {
  const rows = await context.sql.query<DiscountRow>(sql`
    SELECT ${DISCOUNT_COLUMNS} FROM discount d
    WHERE d.code = ANY (${codes}::text[]) AND ${offeredTo(context.scope, 'catalogue:read', 'd')} ORDER BY d.code`);
  return rows.map(toDiscount);
}

/** Where and when a discount must be granted. */
export interface GrantableAt {
  readonly organisationId: Id<'organisation'>;
  readonly at: Instant;
}

/** Every part given must hold. */
export interface DiscountFilter {
  readonly serviceType?: string;
  /** With a version in this state. */
  readonly state?: VersionState;
  /** Belonging to this node or to one below it. */
  readonly organisationId?: Id<'organisation'>;
  /** Part of the code or of the name in either language. */
  readonly text?: string;
  readonly grantableAt?: GrantableAt;
}

/** One page of discounts in the order of their codes; the cursor is (code). */
export async function searchDiscounts(context: ScopedRead, filter: DiscountFilter, page: PageRequest): Promise<Page<Discount>> {
  const conditions = [offeredTo(context.scope, 'catalogue:read', 'd'), ...conditionsOf(filter)];
  if (page.after !== null) conditions.push(sql`d.code > ${page.after[0]}`);
  const rows = await context.sql.query<DiscountRow>(sql`
    SELECT ${DISCOUNT_COLUMNS} FROM discount d WHERE ${join(conditions, ' AND ')} ORDER BY d.code LIMIT ${page.first + 1}`);
  return toPage(rows.map(toDiscount), page.first);
}

function conditionsOf({ serviceType, state, organisationId, text, grantableAt }: DiscountFilter): Sql[] {
  const conditions: Sql[] = [];
  if (serviceType !== undefined) conditions.push(sql`d.service_type = ${serviceType}`);
  if (state !== undefined) {
    conditions.push(sql`EXISTS (SELECT FROM discount_version v WHERE v.discount_id = d.id AND v.state = ${state})`);
  }
  if (organisationId !== undefined) {
    conditions.push(sql`d.organisation_id IN (
      SELECT below.descendant_id FROM organisation_closure below WHERE below.ancestor_id = ${organisationId})`);
  }
  if (text !== undefined) conditions.push(namedLike('d', text));
  if (grantableAt !== undefined) conditions.push(isGrantable(grantableAt));
  return conditions;
}

/** Released at an instant, and no node from the one asked for up to the discount's own says that it is not granted there. */
function isGrantable({ organisationId, at }: GrantableAt): Sql {
  return sql`EXISTS (SELECT FROM discount_version v WHERE v.discount_id = d.id AND v.sold @> ${at}::timestamptz)
    AND EXISTS (
      SELECT FROM organisation_closure up WHERE up.ancestor_id = d.organisation_id AND up.descendant_id = ${organisationId}::uuid)
    AND NOT EXISTS (
      SELECT FROM discount_release f JOIN organisation_closure up ON up.ancestor_id = f.organisation_id
      WHERE f.discount_id = d.id AND up.descendant_id = ${organisationId}::uuid AND NOT f.granted
        AND upper_inf(f.recorded) AND f.valid @> ${at}::timestamptz)`;
}
