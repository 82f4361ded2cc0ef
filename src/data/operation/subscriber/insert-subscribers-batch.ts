import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import { instantToText, type Instant } from '../../../kernel/clock';
import { newId, type Id } from '../../../kernel/id';
import type { IdentifierKind } from './subscriber-facts';
import type { NewSubscriber } from './write-subscriber';

/** A payment relation beside the default one. */
export interface NewPaymentRelation {
  readonly accountId: Id<'account'>;
  readonly chargeGroup: string | null;
  readonly priority: number;
  readonly capMinor: bigint | null;
}

/** A subscriber of a batch, under the id that its caller gave it. */
export interface NewSubscriberWithFacts extends NewSubscriber {
  readonly id: Id<'subscriber'>;
  readonly paymentRelations: readonly NewPaymentRelation[];
  /** Since when it is there: now, or an earlier instant in a system that it comes from. */
  readonly openedAt: Instant;
}

/**
 * Inserts many active subscribers as `insertSubscriber` would one by one, by one statement a table.
 * @returns the subscriber numbers, in the order of the input
 */
export async function insertSubscribersBatch(
  transaction: Transaction,
  subscribers: readonly NewSubscriberWithFacts[],
  now: Instant,
): Promise<string[]> {
  if (subscribers.length === 0) return [];
  const ids = subscribers.map((subscriber) => subscriber.id);
  const opened = subscribers.map(({ openedAt }) => instantToText(openedAt));
  const rows = await transaction.query<{ id: string; subscriber_no: string }>(sql`
    INSERT INTO subscriber (id, service_type, organisation_id, status, attributes, opened_at, created_at)
    SELECT id, service_type, organisation_id, 'active', attributes, opened_at, ${now}
    FROM unnest(${ids}::uuid[],
                ${subscribers.map((subscriber) => subscriber.serviceType)}::text[],
                ${subscribers.map((subscriber) => subscriber.organisationId)}::uuid[],
                ${subscribers.map((subscriber) => JSON.stringify(subscriber.attributes))}::jsonb[],
                ${opened}::timestamptz[])
         AS r (id, service_type, organisation_id, attributes, opened_at)
    RETURNING id, subscriber_no`);
  await insertIdentifiersBatch(transaction, subscribers, now);
  await insertRolesBatch(transaction, subscribers, now);
  await transaction.query(sql`
    INSERT INTO subscriber_status (id, subscriber_id, status, stop_reasons, valid, recorded)
    SELECT id, subscriber_id, 'active', 0, tstzrange(opened_at, NULL), tstzrange(${now}, NULL)
    FROM unnest(${ids.map(() => newId('fact'))}::uuid[], ${ids}::uuid[], ${opened}::timestamptz[]) AS r (id, subscriber_id, opened_at)`);
  await insertPaymentRelationsBatch(transaction, subscribers, now);
  const numbers = new Map(rows.map((row) => [row.id, row.subscriber_no]));
  return ids.map((id) => numbers.get(id) as string);
}

async function insertIdentifiersBatch(
  transaction: Transaction,
  subscribers: readonly NewSubscriberWithFacts[],
  now: Instant,
): Promise<void> {
  const identifiers = subscribers.flatMap(({ id, openedAt, identifiers: own }) =>
    own.map((identifier) => ({ subscriberId: id, openedAt, ...identifier })),
  );
  await transaction.query(sql`
    INSERT INTO subscriber_identifier (id, subscriber_id, kind, value, valid, recorded)
    SELECT id, subscriber_id, kind, value, tstzrange(opened_at, NULL), tstzrange(${now}, NULL)
    FROM unnest(${identifiers.map(() => newId('fact'))}::uuid[],
                ${identifiers.map((identifier) => identifier.subscriberId)}::uuid[],
                ${identifiers.map((identifier) => identifier.kind)}::text[],
                ${identifiers.map((identifier) => identifier.value)}::text[],
                ${identifiers.map(({ openedAt }) => instantToText(openedAt))}::timestamptz[])
         AS r (id, subscriber_id, kind, value, opened_at)`);
}

async function insertRolesBatch(transaction: Transaction, subscribers: readonly NewSubscriberWithFacts[], now: Instant): Promise<void> {
  const roles = subscribers.flatMap(({ id, openedAt, customers }) =>
    customers.map((customer) => ({ subscriberId: id, openedAt, ...customer })),
  );
  await transaction.query(sql`
    INSERT INTO subscriber_customer (id, subscriber_id, role, customer_id, valid, recorded)
    SELECT id, subscriber_id, role, customer_id, tstzrange(opened_at, NULL), tstzrange(${now}, NULL)
    FROM unnest(${roles.map(() => newId('fact'))}::uuid[],
                ${roles.map((role) => role.subscriberId)}::uuid[],
                ${roles.map((role) => role.role)}::text[],
                ${roles.map((role) => role.customerId)}::uuid[],
                ${roles.map(({ openedAt }) => instantToText(openedAt))}::timestamptz[])
         AS r (id, subscriber_id, role, customer_id, opened_at)`);
}

/** The default relation of each, and those beside it. */
async function insertPaymentRelationsBatch(
  transaction: Transaction,
  subscribers: readonly NewSubscriberWithFacts[],
  now: Instant,
): Promise<void> {
  const relations = subscribers.flatMap(({ id, openedAt, accountId, defaultPriority, paymentRelations }) => [
    { subscriberId: id, openedAt, accountId, chargeGroup: null, priority: defaultPriority, capMinor: null, isDefault: true },
    ...paymentRelations.map((relation) => ({ subscriberId: id, openedAt, ...relation, isDefault: false })),
  ]);
  await transaction.query(sql`
    INSERT INTO payment_relation (id, subscriber_id, account_id, charge_group, priority, cap_minor, is_default, valid, recorded)
    SELECT id, subscriber_id, account_id, charge_group, priority, cap_minor, is_default, tstzrange(opened_at, NULL), tstzrange(${now}, NULL)
    FROM unnest(${relations.map(() => newId('fact'))}::uuid[],
                ${relations.map((relation) => relation.subscriberId)}::uuid[],
                ${relations.map((relation) => relation.accountId)}::uuid[],
                ${relations.map((relation) => relation.chargeGroup)}::text[],
                ${relations.map((relation) => relation.priority)}::integer[],
                ${relations.map((relation) => relation.capMinor?.toString() ?? null)}::bigint[],
                ${relations.map((relation) => relation.isDefault)}::boolean[],
                ${relations.map(({ openedAt }) => instantToText(openedAt))}::timestamptz[])
         AS r (id, subscriber_id, account_id, charge_group, priority, cap_minor, is_default, opened_at)`);
}

export interface Identifier {
  readonly kind: IdentifierKind;
  readonly value: string;
}

/** Those of the identifiers that someone has, at an instant (now, mostly) or at a later time. */
export async function selectTakenIdentifiers(
  transaction: Transaction,
  identifiers: readonly Identifier[],
  from: Instant,
): Promise<Identifier[]> {
  if (identifiers.length === 0) return [];
  return transaction.query<Identifier>(sql`
    SELECT asked.kind, asked.value
    FROM unnest(${identifiers.map(({ kind }) => kind)}::text[], ${identifiers.map(({ value }) => value)}::text[]) AS asked (kind, value)
    WHERE EXISTS (
      SELECT FROM subscriber_identifier f
      WHERE f.value = asked.value AND f.kind = asked.kind AND upper_inf(f.recorded) AND f.valid && tstzrange(${from}, NULL))`);
}
