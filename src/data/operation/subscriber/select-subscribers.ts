import type { Id } from '../../../kernel/id';
import { toPage, type Page, type PageRequest } from '../../../kernel/page';
import { toPagesByParent } from '../../../kernel/pages-by-parent';
import { among, empty, join, raw, sql, type Sql } from '../../connection/sql';
import { factAt, factNow, type FactTime } from '../dated-fact/fact-at';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';
import {
  accessNumberNow,
  subscriberReadColumns,
  toSubscriber,
  type Subscriber,
  type SubscriberReadRow,
  type SubscriberStatus,
} from './subscriber';
import type { CustomerRole, IdentifierKind } from './subscriber-facts';

/** Subscribers by id, those in scope only; one statement for any number. */
export async function selectSubscribersById(context: ScopedRead, ids: readonly Id<'subscriber'>[]): Promise<Subscriber[]> {
  const rows = await context.sql.query<SubscriberReadRow>(sql`
    SELECT ${subscriberReadColumns(accessNumberNow(context.now))} FROM subscriber s
    WHERE s.id ${among(ids)} AND ${visibleTo(context.scope, 'subscriber:read', 's')}`);
  return rows.map(toSubscriber);
}

/** Of the holders of one value, who is meant when no kind is given: an access number before a login before a SIM card. */
const KIND_ORDER: readonly IdentifierKind[] = ['NUMBER', 'LOGIN', 'SIM'];

/**
 * The subscriber that has an identifier at a time, whole: what a clerk types when someone calls. Without a kind, an access
 * number comes before a login and a login before a SIM card. This is the hottest statement of all: it has neither sort
 * nor subquery (those are worth a third of its time), so the number of a subscriber found by SIM card is read by a second.
 */
export async function selectSubscriberByIdentifier(
  context: ScopedRead,
  value: string,
  kind: IdentifierKind | null,
  time: FactTime,
): Promise<Subscriber | undefined> {
  const rows = await context.sql.query<SubscriberReadRow & { readonly kind: IdentifierKind }>(sql`
    SELECT ${subscriberReadColumns(sql`f.value`)}, f.kind FROM subscriber_identifier f
    JOIN subscriber s ON s.id = f.subscriber_id AND ${visibleTo(context.scope, 'subscriber:read', 's')}
    WHERE f.value = ${value} AND ${factAt('f', time)} ${kind === null ? empty : sql`AND f.kind = ${kind}`} LIMIT ${KIND_ORDER.length}`);
  const row = KIND_ORDER.map((wanted) => rows.find((found) => found.kind === wanted)).find((found) => found !== undefined);
  if (row === undefined || row.kind !== 'SIM') return row === undefined ? undefined : toSubscriber(row);
  const [holder] = await selectSubscribersById(context, [row.id]);
  return holder;
}

/** The lines of business of the subscribers in scope that are reached by some of these values at a time, each once. */
export async function selectLinesOfIdentifiers(context: ScopedRead, values: readonly string[], time: FactTime): Promise<string[]> {
  const rows = await context.sql.query<{ service_type: string }>(sql`
    SELECT DISTINCT s.service_type FROM unnest(${values}::text[]) AS asked (value)
    JOIN subscriber_identifier f ON f.value = asked.value AND ${factAt('f', time)}
    JOIN subscriber s ON s.id = f.subscriber_id AND ${visibleTo(context.scope, 'subscriber:read', 's')}`);
  return rows.map(({ service_type: line }) => line);
}

type AskedRow = SubscriberReadRow & { readonly asked_id: string };

/** One page of the subscribers for which each customer has a role (null: any role) at a time, oldest first. */
export async function selectSubscribersOfCustomers(
  context: ScopedRead,
  customerIds: readonly Id<'customer'>[],
  role: CustomerRole | null,
  time: FactTime,
  page: PageRequest,
): Promise<ReadonlyMap<Id<'customer'>, Page<Subscriber>>> {
  const held = sql`
    SELECT f.subscriber_id FROM subscriber_customer f
    WHERE f.customer_id = asked.id AND ${factAt('f', time)} ${role === null ? empty : sql`AND f.role = ${role}`}`;
  const rows = await selectHeld(context, customerIds, held, page);
  return toPagesByParent(customerIds, rows, page.first, { parentOf: (row) => row.asked_id as Id<'customer'>, toItem: toSubscriber });
}

/** One page of the subscribers that each account pays for at a time, oldest first. */
export async function selectSubscribersOfAccounts(
  context: ScopedRead,
  accountIds: readonly Id<'account'>[],
  time: FactTime,
  page: PageRequest,
): Promise<ReadonlyMap<Id<'account'>, Page<Subscriber>>> {
  const held = sql`SELECT f.subscriber_id FROM payment_relation f WHERE f.account_id = asked.id AND ${factAt('f', time)}`;
  const rows = await selectHeld(context, accountIds, held, page);
  return toPagesByParent(accountIds, rows, page.first, { parentOf: (row) => row.asked_id as Id<'account'>, toItem: toSubscriber });
}

/** `held` chooses subscriber ids by `asked.id`; a subscriber that is chosen twice is shown once. */
function selectHeld(context: ScopedRead, askedIds: readonly string[], held: Sql, page: PageRequest): Promise<AskedRow[]> {
  return context.sql.query<AskedRow>(sql`
    SELECT asked.id AS asked_id, s.* FROM unnest(${askedIds}::uuid[]) AS asked (id)
    CROSS JOIN LATERAL (
      SELECT ${subscriberReadColumns(accessNumberNow(context.now))} FROM subscriber s
      WHERE s.id IN (${held}) AND ${visibleTo(context.scope, 'subscriber:read', 's')} ${afterCursor(page)}
      ORDER BY s.id LIMIT ${page.first + 1}
    ) s`);
}

/** The shortest beginning of an identifier that may be searched for: shorter ones match most of the table. */
export const IDENTIFIER_PREFIX_MIN = 3;

/** What a clerk knows of the subscriber that is looked for. Every part given must hold. */
export interface SubscriberFilter {
  /** Beginning of a number, login or SIM that is held now, of at least {@link IDENTIFIER_PREFIX_MIN} characters. */
  readonly identifierPrefix?: string;
  readonly subscriberNo?: string;
  readonly status?: SubscriberStatus;
  readonly serviceType?: string;
  /** Subscribers at this node and below it. */
  readonly organisationId?: Id<'organisation'>;
}

/** One page of subscribers in the order of their ids (oldest first). */
export async function searchSubscribers(context: ScopedRead, filter: SubscriberFilter, page: PageRequest): Promise<Page<Subscriber>> {
  const conditions = [visibleTo(context.scope, 'subscriber:read', 's'), ...conditionsOf(context, filter)];
  const rows = await context.sql.query<SubscriberReadRow>(sql`
    SELECT ${subscriberReadColumns(accessNumberNow(context.now))} FROM subscriber s
    WHERE ${join(conditions, ' AND ')} ${afterCursor(page)}
    ORDER BY s.id LIMIT ${page.first + 1}`);
  return toPage(rows.map(toSubscriber), page.first);
}

function conditionsOf(context: ScopedRead, filter: SubscriberFilter): Sql[] {
  const conditions: Sql[] = [];
  const equal = (column: string, value: string | undefined): void => {
    if (value !== undefined) conditions.push(sql`s.${raw(column)} = ${value}`);
  };
  equal('subscriber_no', filter.subscriberNo);
  equal('status', filter.status);
  equal('service_type', filter.serviceType);
  if (filter.identifierPrefix !== undefined) {
    conditions.push(sql`s.id IN (
      SELECT f.subscriber_id FROM subscriber_identifier f WHERE f.value ^@ ${filter.identifierPrefix} AND ${factNow('f', context.now)})`);
  }
  if (filter.organisationId !== undefined) {
    conditions.push(
      sql`s.organisation_id IN (
        SELECT below.descendant_id FROM organisation_closure below WHERE below.ancestor_id = ${filter.organisationId})`,
    );
  }
  return conditions;
}

function afterCursor(page: PageRequest): Sql {
  return page.after === null ? empty : sql`AND s.id > ${page.after[0]}::uuid`;
}
