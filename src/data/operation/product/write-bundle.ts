import { instantFromDatabase, optionalInstant, type Instant } from '../../../kernel/clock';
import { newId, type Id } from '../../../kernel/id';
import type { Transaction } from '../../connection/core-database';
import { raw, sql } from '../../connection/sql';
import { factNow } from '../dated-fact/fact-at';
import { moveDatedFacts } from '../dated-fact/move-dated-facts';
import { writeDatedFact, type FactTable } from '../dated-fact/write-dated-fact';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';
import type { SoldAt } from './insert-instances';

const STATE_FACT: FactTable = {
  name: 'bundle_state',
  columns: ['bundle_instance_id', 'product_version_id', 'holder_id', 'account_id', 'order_id', 'item_no'],
};
const MEMBERSHIP_FACT: FactTable = {
  name: 'bundle_membership',
  columns: ['bundle_instance_id', 'subscriber_id', 'role', 'order_id', 'item_no'],
};

/** Who fills which role of a bundle now. */
export interface CurrentMember {
  readonly subscriberId: Id<'subscriber'>;
  readonly role: string;
}

/** A bundle whose row is locked, with those who are in it now, the first to join first. */
export interface LockedBundle {
  readonly id: Id<'bundleInstance'>;
  readonly code: string;
  readonly organisationId: Id<'organisation'>;
  readonly versionId: Id<'productVersion'>;
  readonly holderId: Id<'customer'>;
  readonly accountId: Id<'account'>;
  readonly openedAt: Instant;
  readonly sold: SoldAt;
  /** Null while it has not ended. */
  readonly endedAt: Instant | null;
  /** The day on which it ends where no member is found before 宽限期止, as an ISO date; null: none is missing. */
  readonly graceUntil: string | null;
  /** The day on which its grace was over, by which it has ended; null: it has not ended so. */
  readonly lapsedOn: string | null;
  /** Whether the reader may change it; bundles are locked for others too, whose members they change. */
  readonly inScope: boolean;
  readonly members: readonly CurrentMember[];
}

interface LockedRow {
  readonly id: Id<'bundleInstance'>;
  readonly code: string;
  readonly organisation_id: Id<'organisation'>;
  readonly product_version_id: Id<'productVersion'>;
  readonly holder_id: Id<'customer'>;
  readonly account_id: Id<'account'>;
  readonly created_at: string;
  readonly sold_by: Id<'organisation'>;
  readonly sold_at: string;
  readonly ended_at: string | null;
  readonly grace_until: string | null;
  readonly lapsed_on: string | null;
  readonly in_scope: boolean;
}

/**
 * Locks bundles in the order of their ids, to the end of the transaction: those named, and those that the subscribers, locked before
 * them, are in. What lies outside the reader's scope is locked as well, and marked.
 */
export async function lockBundles(
  context: ScopedRead,
  { ids, ofSubscribers }: { readonly ids: readonly Id<'bundleInstance'>[]; readonly ofSubscribers: readonly Id<'subscriber'>[] },
): Promise<LockedBundle[]> {
  const rows = await context.sql.query<LockedRow>(sql`
    SELECT b.id, p.code, b.organisation_id, b.created_at, b.sold_by, b.sold_at, f.product_version_id, f.holder_id, f.account_id, upper(f.valid) AS ended_at,
           b.grace_until::text AS grace_until, b.lapsed_on::text AS lapsed_on,
           ${visibleTo(context.scope, 'account:write', 'b')} AS in_scope
    FROM bundle_instance b JOIN product p ON p.id = b.product_id
    CROSS JOIN LATERAL (
      SELECT f.product_version_id, f.holder_id, f.account_id, f.valid FROM bundle_state f
      WHERE f.bundle_instance_id = b.id AND upper_inf(f.recorded) ORDER BY lower(f.valid) DESC LIMIT 1
    ) f
    WHERE b.id = ANY (${[...ids, ...(await selectBundlesWith(context, ofSubscribers))]}::uuid[])
    ORDER BY b.id FOR NO KEY UPDATE OF b`);
  if (rows.length === 0) return [];
  // Read once the rows are locked: whoever held the lock before may have changed the members.
  const members = await selectCurrentMembers(
    context,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    organisationId: row.organisation_id,
    versionId: row.product_version_id,
    holderId: row.holder_id,
    accountId: row.account_id,
    openedAt: instantFromDatabase(row.created_at),
    sold: { organisationId: row.sold_by, at: instantFromDatabase(row.sold_at) },
    endedAt: optionalInstant(row.ended_at),
    graceUntil: row.grace_until,
    lapsedOn: row.lapsed_on,
    inScope: row.in_scope,
    members: members.filter(({ bundleId }) => bundleId === row.id).map(({ subscriberId, role }) => ({ subscriberId, role })),
  }));
}

/** The bundles that locked subscribers are in. Apart, as a bundle is found by its id alone: by either of two conditions all were looked through. */
async function selectBundlesWith(context: ScopedRead, subscriberIds: readonly Id<'subscriber'>[]): Promise<Id<'bundleInstance'>[]> {
  if (subscriberIds.length === 0) return [];
  const rows = await context.sql.query<{ bundle_instance_id: Id<'bundleInstance'> }>(sql`
    SELECT m.bundle_instance_id FROM unnest(${subscriberIds}::uuid[]) AS asked (id)
    JOIN bundle_membership m ON m.subscriber_id = asked.id AND ${factNow('m', context.now)}`);
  return rows.map((row) => row.bundle_instance_id);
}

/** Asked for each bundle: of several at once PostgreSQL may look through every membership that holds now. */
async function selectCurrentMembers(
  context: ScopedRead,
  bundleIds: readonly Id<'bundleInstance'>[],
): Promise<(CurrentMember & { readonly bundleId: Id<'bundleInstance'> })[]> {
  const rows = await context.sql.query<{ bundle_instance_id: Id<'bundleInstance'>; subscriber_id: Id<'subscriber'>; role: string }>(sql`
    SELECT f.bundle_instance_id, f.subscriber_id, f.role FROM unnest(${bundleIds}::uuid[]) AS asked (id)
    CROSS JOIN LATERAL (
      SELECT f.bundle_instance_id, f.subscriber_id, f.role, f.valid FROM bundle_membership f
      WHERE f.bundle_instance_id = asked.id AND ${factNow('f', context.now)} OFFSET 0
    ) f
    ORDER BY lower(f.valid), f.subscriber_id`);
  return rows.map((row) => ({ bundleId: row.bundle_instance_id, subscriberId: row.subscriber_id, role: row.role }));
}

/** The item of an order by which something came to be. */
interface ByItem {
  readonly orderId: Id<'order'>;
  readonly itemNo: number;
}

export interface NewBundle extends ByItem {
  readonly id: Id<'bundleInstance'>;
  readonly productId: Id<'product'>;
  readonly versionId: Id<'productVersion'>;
  readonly organisationId: Id<'organisation'>;
  readonly holderId: Id<'customer'>;
  readonly accountId: Id<'account'>;
  readonly sold: SoldAt;
}

/** Adds a bundle that begins now, without members. */
export async function insertBundle(transaction: Transaction, bundle: NewBundle, now: Instant): Promise<void> {
  const { id, productId, versionId, organisationId, holderId, accountId, orderId, itemNo, sold } = bundle;
  await transaction.query(sql`
    WITH made AS (
      INSERT INTO bundle_instance (id, product_id, organisation_id, order_id, item_no, sold_by, sold_at, created_at)
      VALUES (${id}, ${productId}, ${organisationId}, ${orderId}, ${itemNo}, ${sold.organisationId}, ${sold.at}, ${now})
    )
    INSERT INTO bundle_state (id, bundle_instance_id, product_version_id, holder_id, account_id, order_id, item_no, valid, recorded)
    VALUES (${newId('fact')}, ${id}, ${versionId}, ${holderId}, ${accountId}, ${orderId}, ${itemNo},
            tstzrange(${now}, NULL), tstzrange(${now}, NULL))`);
}

export interface NewMember extends ByItem, CurrentMember {
  readonly bundleId: Id<'bundleInstance'>;
}

/** Subscribers, locked or new in this transaction, are in locked bundles from now on. */
export async function insertMembers(transaction: Transaction, members: readonly NewMember[], now: Instant): Promise<void> {
  if (members.length === 0) return;
  await transaction.query(sql`
    INSERT INTO bundle_membership (id, bundle_instance_id, subscriber_id, role, order_id, item_no, valid, recorded)
    SELECT id, bundle_id, subscriber_id, role, order_id, item_no, tstzrange(${now}, NULL), tstzrange(${now}, NULL)
    FROM unnest(${members.map(() => newId('fact'))}::uuid[], ${members.map(({ bundleId }) => bundleId)}::uuid[],
                ${members.map(({ subscriberId }) => subscriberId)}::uuid[], ${members.map(({ role }) => role)}::text[],
                ${members.map(({ orderId }) => orderId)}::uuid[], ${members.map(({ itemNo }) => itemNo)}::integer[])
         AS r (id, bundle_id, subscriber_id, role, order_id, item_no)`);
}

/** A locked subscriber is in no bundle from now on. @returns the bundle and the role that it had */
export async function endMembership(
  transaction: Transaction,
  subscriberId: Id<'subscriber'>,
  now: Instant,
): Promise<{ readonly bundleId: Id<'bundleInstance'>; readonly role: string } | undefined> {
  const { replaced } = await writeDatedFact(transaction, MEMBERSHIP_FACT, {
    key: { subscriber_id: subscriberId },
    fact: null,
    valid: { from: now, to: null },
    now,
  });
  const [was] = replaced;
  return was && { bundleId: String(was['bundle_instance_id']) as Id<'bundleInstance'>, role: String(was['role']) };
}

/** A locked bundle, and everybody's membership in it, end now. */
export async function endBundleRows(transaction: Transaction, id: Id<'bundleInstance'>, now: Instant): Promise<void> {
  const ended = { key: { bundle_instance_id: id }, fact: null, valid: { from: now, to: null }, now };
  await writeDatedFact(transaction, STATE_FACT, ended);
  await writeDatedFact(transaction, MEMBERSHIP_FACT, ended);
}

/** Writes down until when the grace of a locked bundle lasts, as an ISO date; null: no member is missing. */
export async function setGraceUntil(transaction: Transaction, id: Id<'bundleInstance'>, graceUntil: string | null): Promise<void> {
  await transaction.query(sql`UPDATE bundle_instance SET grace_until = ${graceUntil}::date WHERE id = ${id}`);
}

/** Writes down on which day, as an ISO date, the grace of a locked bundle was over; `settled`: nothing is to be charged for that. */
export async function setLapsed(
  transaction: Transaction,
  id: Id<'bundleInstance'>,
  { lapsedOn, settled }: { readonly lapsedOn: string; readonly settled: boolean },
  now: Instant,
): Promise<void> {
  await transaction.query(sql`
    UPDATE bundle_instance SET grace_until = NULL, lapsed_on = ${lapsedOn}::date, settled_at = ${settled ? now : null}::timestamptz
    WHERE id = ${id}`);
}

/** Marks that what the end of a lapsed bundle costs is charged. @returns false where it was already */
export async function markSettled(transaction: Transaction, id: Id<'bundleInstance'>, now: Instant): Promise<boolean> {
  const rows = await transaction.query(sql`
    UPDATE bundle_instance SET settled_at = ${now} WHERE id = ${id} AND lapsed_on IS NOT NULL AND settled_at IS NULL RETURNING id`);
  return rows.length > 0;
}

/** Bundles whose grace is over by a day, an ISO date, the first to be over first. Asked with the system's scope. */
export async function selectBundlesToEnd(context: ScopedRead, day: string, limit: number): Promise<Id<'bundleInstance'>[]> {
  const rows = await context.sql.query<{ id: Id<'bundleInstance'> }>(sql`
    SELECT b.id FROM bundle_instance b
    WHERE b.grace_until <= ${day}::date AND ${visibleTo(context.scope, 'account:write', 'b')} ORDER BY b.grace_until, b.id LIMIT ${limit}`);
  return rows.map(({ id }) => id);
}

/** A bundle that has ended as its grace was over, and whom that is to be charged to. */
export interface BundleToSettle {
  readonly bundleInstanceId: Id<'bundleInstance'>;
  readonly organisationId: Id<'organisation'>;
  readonly holderId: Id<'customer'>;
  readonly accountId: Id<'account'>;
}

/** Bundles that have ended so and are not charged for that yet. Asked with the system's scope. */
export async function selectBundlesToSettle(context: ScopedRead, limit: number): Promise<BundleToSettle[]> {
  return context.sql.query<BundleToSettle>(sql`
    SELECT b.id AS "bundleInstanceId", b.organisation_id AS "organisationId", f.holder_id AS "holderId", f.account_id AS "accountId"
    FROM bundle_instance b
    CROSS JOIN LATERAL (
      SELECT f.holder_id, f.account_id FROM bundle_state f
      WHERE f.bundle_instance_id = b.id AND upper_inf(f.recorded) ORDER BY lower(f.valid) DESC LIMIT 1
    ) f
    WHERE b.lapsed_on IS NOT NULL AND b.settled_at IS NULL AND ${visibleTo(context.scope, 'account:write', 'b')}
    ORDER BY b.lapsed_on, b.id LIMIT ${limit}`);
}

/**
 * The bundles of a customer, or those that an account is charged for, are another's from now on. The two are locked, and so are the
 * bundles, in the order of their ids.
 * @returns which
 */
export async function moveBundles(
  transaction: Transaction,
  owner: 'holder_id' | 'account_id',
  from: string,
  to: string,
  now: Instant,
): Promise<readonly { readonly id: Id<'bundleInstance'>; readonly organisationId: Id<'organisation'> }[]> {
  const rows = await transaction.query<{ id: Id<'bundleInstance'>; organisation_id: Id<'organisation'> }>(sql`
    SELECT b.id, b.organisation_id FROM bundle_instance b
    WHERE b.id IN (
      SELECT f.bundle_instance_id FROM bundle_state f
      WHERE f.${raw(owner)} = ${from}::uuid AND upper_inf(f.recorded) AND f.valid && tstzrange(${now}, NULL))
    ORDER BY b.id FOR NO KEY UPDATE OF b`);
  if (rows.length === 0) return [];
  await moveDatedFacts(transaction, STATE_FACT, { column: owner, from, to, now, sameBy: null });
  return rows.map((row) => ({ id: row.id, organisationId: row.organisation_id }));
}

/**
 * Whether an account is charged for a bundle, now or later, or is to be charged for the end of one. Asked with the system's scope: nothing of the
 * bundle is shown.
 */
export async function isChargedForBundle(context: ScopedRead, accountId: Id<'account'>): Promise<boolean> {
  const [row] = await context.sql.query<{ found: boolean }>(sql`
    SELECT EXISTS (
      SELECT FROM bundle_state f JOIN bundle_instance b ON b.id = f.bundle_instance_id AND ${visibleTo(context.scope, 'account:read', 'b')}
      WHERE f.account_id = ${accountId} AND upper_inf(f.recorded)
        AND (f.valid && tstzrange(${context.now}, NULL) OR (b.lapsed_on IS NOT NULL AND b.settled_at IS NULL))
    ) AS found`);
  return row?.found === true;
}
