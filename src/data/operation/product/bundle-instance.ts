import { instantFromDatabase, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { Page, PageRequest } from '../../../kernel/page';
import { toPagesByParent } from '../../../kernel/pages-by-parent';
import { empty, raw, sql, type Sql } from '../../connection/sql';
import { DATED_COLUMNS, dated, type Dated, type DatedRow } from '../dated-fact/dated';
import { factAt, type FactTime } from '../dated-fact/fact-at';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';

/** A bundle that was sold 融合套餐, as it was at an instant. */
export interface BundleInstance extends Dated {
  readonly bundleInstanceId: Id<'bundleInstance'>;
  readonly productId: Id<'product'>;
  readonly versionId: Id<'productVersion'>;
  /** Whose it is. */
  readonly holderId: Id<'customer'>;
  /** What is charged for it. */
  readonly accountId: Id<'account'>;
  readonly organisationId: Id<'organisation'>;
  /** The order that made it what it is. */
  readonly orderId: Id<'order'>;
  readonly itemNo: number;
  readonly openedAt: Instant;
}

export interface BundleRow extends DatedRow {
  readonly bundle_instance_id: Id<'bundleInstance'>;
  readonly product_id: Id<'product'>;
  readonly product_version_id: Id<'productVersion'>;
  readonly holder_id: Id<'customer'>;
  readonly account_id: Id<'account'>;
  readonly organisation_id: Id<'organisation'>;
  readonly order_id: Id<'order'>;
  readonly item_no: number;
  readonly created_at: string;
}

/** The columns of {@link BundleRow}, of the instance `b` and the fact `f`. */
const BUNDLE_COLUMNS = sql`f.bundle_instance_id, b.product_id, f.product_version_id, f.holder_id, f.account_id, b.organisation_id, f.order_id,
  f.item_no, b.created_at, ${DATED_COLUMNS}`;

export function toBundle(row: BundleRow): BundleInstance {
  return dated(row, {
    bundleInstanceId: row.bundle_instance_id,
    productId: row.product_id,
    versionId: row.product_version_id,
    holderId: row.holder_id,
    accountId: row.account_id,
    organisationId: row.organisation_id,
    orderId: row.order_id,
    itemNo: row.item_no,
    openedAt: instantFromDatabase(row.created_at),
  });
}

/*
 * A bundle is charged to an account and is of several lines of business: who sees the accounts of its node sees it. Its members are
 * subscribers, seen by whoever sees these.
 */

/** Bundles by id, those in scope only: as they are now, else as they were last. */
export async function selectBundleInstances(
  context: ScopedRead,
  ids: readonly Id<'bundleInstance'>[],
  now: Instant,
): Promise<BundleInstance[]> {
  const rows = await context.sql.query<BundleRow>(sql`
    SELECT f.* FROM unnest(${ids}::uuid[]) AS asked (id)
    JOIN bundle_instance b ON b.id = asked.id AND ${visibleTo(context.scope, 'account:read', 'b')}
    CROSS JOIN LATERAL (
      SELECT ${BUNDLE_COLUMNS} FROM bundle_state f
      WHERE f.bundle_instance_id = asked.id AND upper_inf(f.recorded)
      ORDER BY lower(f.valid) > ${now}::timestamptz, lower(f.valid) DESC LIMIT 1
    ) f`);
  return rows.map(toBundle);
}

type AskedRow = BundleRow & { readonly asked_id: string };

/** One page of the bundles that each customer holds, or that each account is charged for, at a time; oldest first. */
export async function selectBundlesOf<Owner extends 'customer' | 'account'>(
  context: ScopedRead,
  owner: Owner,
  ownerIds: readonly Id<Owner>[],
  time: FactTime,
  page: PageRequest,
): Promise<ReadonlyMap<Id<Owner>, Page<BundleInstance>>> {
  const rows = await context.sql.query<AskedRow>(sql`
    SELECT asked.id AS asked_id, f.* FROM unnest(${ownerIds}::uuid[]) AS asked (id)
    CROSS JOIN LATERAL (
      SELECT ${BUNDLE_COLUMNS} FROM bundle_state f
      JOIN bundle_instance b ON b.id = f.bundle_instance_id AND ${visibleTo(context.scope, 'account:read', 'b')}
      WHERE f.${raw(owner === 'customer' ? 'holder_id' : 'account_id')} = asked.id AND ${factAt('f', time)} ${after(page, 'bundle_instance_id')}
      ORDER BY f.bundle_instance_id LIMIT ${page.first + 1}
    ) f`);
  return toPagesByParent(ownerIds, rows, page.first, { parentOf: (row) => row.asked_id as Id<Owner>, toItem: toBundle });
}

/** For how long a subscriber is in a bundle 成员, in one role. */
export interface BundleMembership extends Dated {
  readonly bundleInstanceId: Id<'bundleInstance'>;
  readonly subscriberId: Id<'subscriber'>;
  readonly role: string;
  /** The order by which it joined. */
  readonly orderId: Id<'order'>;
  readonly itemNo: number;
}

export interface MembershipRow extends DatedRow {
  readonly bundle_instance_id: Id<'bundleInstance'>;
  readonly subscriber_id: Id<'subscriber'>;
  readonly role: string;
  readonly order_id: Id<'order'>;
  readonly item_no: number;
}

const MEMBERSHIP_COLUMNS = sql`f.bundle_instance_id, f.subscriber_id, f.role, f.order_id, f.item_no, ${DATED_COLUMNS}`;

export function toMembership(row: MembershipRow): BundleMembership {
  return dated(row, {
    bundleInstanceId: row.bundle_instance_id,
    subscriberId: row.subscriber_id,
    role: row.role,
    orderId: row.order_id,
    itemNo: row.item_no,
  });
}

/** One page of the members that each bundle had at a time, of subscribers in scope, by their ids. */
export async function selectMembersOfBundles(
  context: ScopedRead,
  bundleIds: readonly Id<'bundleInstance'>[],
  time: FactTime,
  page: PageRequest,
): Promise<ReadonlyMap<Id<'bundleInstance'>, Page<BundleMembership>>> {
  const rows = await context.sql.query<MembershipRow>(sql`
    SELECT f.* FROM unnest(${bundleIds}::uuid[]) AS asked (id)
    CROSS JOIN LATERAL (
      SELECT ${MEMBERSHIP_COLUMNS} FROM bundle_membership f
      JOIN subscriber s ON s.id = f.subscriber_id AND ${visibleTo(context.scope, 'subscriber:read', 's')}
      WHERE f.bundle_instance_id = asked.id AND ${factAt('f', time)} ${after(page, 'subscriber_id')}
      ORDER BY f.subscriber_id LIMIT ${page.first + 1}
    ) f`);
  return toPagesByParent(bundleIds, rows, page.first, { parentOf: (row) => row.bundle_instance_id, toItem: toMembership });
}

/** The bundle that each subscriber in scope was in at a time. */
export async function selectMembershipsOf(
  context: ScopedRead,
  subscriberIds: readonly Id<'subscriber'>[],
  time: FactTime,
): Promise<BundleMembership[]> {
  const rows = await context.sql.query<MembershipRow>(sql`
    SELECT f.* FROM unnest(${subscriberIds}::uuid[]) AS asked (id)
    JOIN subscriber s ON s.id = asked.id AND ${visibleTo(context.scope, 'subscriber:read', 's')}
    CROSS JOIN LATERAL (
      SELECT ${MEMBERSHIP_COLUMNS} FROM bundle_membership f WHERE f.subscriber_id = asked.id AND ${factAt('f', time)} OFFSET 0
    ) f`);
  return rows.map(toMembership);
}

/** Everybody who was ever in each bundle in scope, as it is known today: what its standing is reckoned from, and not shown. */
export async function selectMembershipHistory(
  context: ScopedRead,
  bundleIds: readonly Id<'bundleInstance'>[],
): Promise<BundleMembership[]> {
  const rows = await context.sql.query<MembershipRow>(sql`
    SELECT ${MEMBERSHIP_COLUMNS} FROM bundle_membership f
    JOIN bundle_instance b ON b.id = f.bundle_instance_id AND ${visibleTo(context.scope, 'account:read', 'b')}
    WHERE f.bundle_instance_id = ANY (${bundleIds}::uuid[]) AND upper_inf(f.recorded)
    ORDER BY lower(f.valid), f.subscriber_id`);
  return rows.map(toMembership);
}

function after(page: PageRequest, column: string): Sql {
  return page.after === null ? empty : sql`AND f.${raw(column)} > ${page.after[0]}::uuid`;
}
