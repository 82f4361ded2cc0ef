import type { Transaction } from '../../connection/core-database';
import { sql, type Sql } from '../../connection/sql';
import { instantToText, type Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import type { CustomerRole, IdentifierKind } from './subscriber-facts';

export interface NewSubscriber {
  readonly serviceType: string;
  readonly organisationId: Id<'organisation'>;
  readonly attributes: object;
  readonly identifiers: readonly { readonly kind: IdentifierKind; readonly value: string }[];
  readonly customers: readonly { readonly role: CustomerRole; readonly customerId: Id<'customer'> }[];
  /** The account of the default payment relation. */
  readonly accountId: Id<'account'>;
  readonly defaultPriority: number;
  readonly status: 'active' | 'pendingActive';
}

/** A payment relation beside the default one. */
export interface NewPaymentRelation {
  readonly accountId: Id<'account'>;
  readonly chargeGroup: string | null;
  readonly priority: number;
  readonly capMinor: bigint | null;
}

/** A subscriber under the id that its caller gave it. */
export interface NewSubscriberWithFacts extends NewSubscriber {
  readonly id: Id<'subscriber'>;
  readonly paymentRelations: readonly NewPaymentRelation[];
  /** Since when it is there: now, or an earlier instant in a system that it comes from. */
  readonly openedAt: Instant;
}

/**
 * Inserts subscribers with the facts that they begin with: one statement for any number of them, so that what is looked at once a
 * statement is looked at once. Foreign keys are looked at when all of it is done.
 * @returns the subscriber numbers, in the order of the input
 */
export async function insertSubscribers(
  transaction: Transaction,
  subscribers: readonly NewSubscriberWithFacts[],
  now: Instant,
): Promise<string[]> {
  if (subscribers.length === 0) return [];
  const rows = await transaction.query<{ id: string; subscriber_no: string }>(sql`
    WITH made AS (${insertionOfRows(subscribers, now)}),
    identifiers AS (${insertionOfIdentifiers(subscribers, now)}),
    roles AS (${insertionOfRoles(subscribers, now)}),
    statuses AS (${insertionOfStatuses(subscribers, now)}),
    relations AS (${insertionOfRelations(subscribers, now)})
    SELECT id, subscriber_no FROM made`);
  const numbers = new Map(rows.map((row) => [row.id, row.subscriber_no]));
  return subscribers.map(({ id }) => {
    const number = numbers.get(id);
    invariant(number !== undefined, 'a subscriber is given its number');
    return number;
  });
}

function insertionOfRows(subscribers: readonly NewSubscriberWithFacts[], now: Instant): Sql {
  return sql`
    INSERT INTO subscriber (id, service_type, organisation_id, status, attributes, opened_at, created_at)
    SELECT id, service_type, organisation_id, status, attributes, opened_at, ${now}
    FROM unnest(${subscribers.map(({ id }) => id)}::uuid[],
                ${subscribers.map(({ serviceType }) => serviceType)}::text[],
                ${subscribers.map(({ organisationId }) => organisationId)}::uuid[],
                ${subscribers.map(({ status }) => status)}::text[],
                ${subscribers.map(({ attributes }) => JSON.stringify(attributes))}::jsonb[],
                ${subscribers.map(({ openedAt }) => instantToText(openedAt))}::timestamptz[])
         AS r (id, service_type, organisation_id, status, attributes, opened_at)
    RETURNING id, subscriber_no`;
}

/** What each subscriber has several of, with whose it is and since when. */
function ofEach<Fact extends object>(
  subscribers: readonly NewSubscriberWithFacts[],
  factsOf: (subscriber: NewSubscriberWithFacts) => readonly Fact[],
): (Fact & { readonly subscriberId: Id<'subscriber'>; readonly since: string })[] {
  return subscribers.flatMap((subscriber) => {
    const { id: subscriberId, openedAt } = subscriber;
    return factsOf(subscriber).map((fact) => ({ ...fact, subscriberId, since: instantToText(openedAt) }));
  });
}

function insertionOfIdentifiers(subscribers: readonly NewSubscriberWithFacts[], now: Instant): Sql {
  const identifiers = ofEach(subscribers, (subscriber) => subscriber.identifiers);
  return sql`
    INSERT INTO subscriber_identifier (id, subscriber_id, kind, value, valid, recorded)
    SELECT id, subscriber_id, kind, value, tstzrange(since, NULL), tstzrange(${now}, NULL)
    FROM unnest(${identifiers.map(() => newId('fact'))}::uuid[],
                ${identifiers.map(({ subscriberId }) => subscriberId)}::uuid[],
                ${identifiers.map(({ kind }) => kind)}::text[],
                ${identifiers.map(({ value }) => value)}::text[],
                ${identifiers.map(({ since }) => since)}::timestamptz[])
         AS r (id, subscriber_id, kind, value, since)`;
}

function insertionOfRoles(subscribers: readonly NewSubscriberWithFacts[], now: Instant): Sql {
  const roles = ofEach(subscribers, ({ customers }) => customers);
  return sql`
    INSERT INTO subscriber_customer (id, subscriber_id, role, customer_id, valid, recorded)
    SELECT id, subscriber_id, role, customer_id, tstzrange(since, NULL), tstzrange(${now}, NULL)
    FROM unnest(${roles.map(() => newId('fact'))}::uuid[],
                ${roles.map(({ subscriberId }) => subscriberId)}::uuid[],
                ${roles.map(({ role }) => role)}::text[],
                ${roles.map(({ customerId }) => customerId)}::uuid[],
                ${roles.map(({ since }) => since)}::timestamptz[])
         AS r (id, subscriber_id, role, customer_id, since)`;
}

function insertionOfStatuses(subscribers: readonly NewSubscriberWithFacts[], now: Instant): Sql {
  return sql`
    INSERT INTO subscriber_status (id, subscriber_id, status, stop_reasons, valid, recorded)
    SELECT id, subscriber_id, status, 0, tstzrange(since, NULL), tstzrange(${now}, NULL)
    FROM unnest(${subscribers.map(() => newId('fact'))}::uuid[],
                ${subscribers.map(({ id }) => id)}::uuid[],
                ${subscribers.map(({ status }) => status)}::text[],
                ${subscribers.map(({ openedAt }) => instantToText(openedAt))}::timestamptz[])
         AS r (id, subscriber_id, status, since)`;
}

/** The default relation of each, and those beside it. */
function insertionOfRelations(subscribers: readonly NewSubscriberWithFacts[], now: Instant): Sql {
  const relations = ofEach(subscribers, ({ accountId, defaultPriority, paymentRelations }) => [
    { accountId, chargeGroup: null, priority: defaultPriority, capMinor: null, isDefault: true },
    ...paymentRelations.map((relation) => ({ ...relation, isDefault: false })),
  ]);
  return sql`
    INSERT INTO payment_relation (id, subscriber_id, account_id, charge_group, priority, cap_minor, is_default, valid, recorded)
    SELECT id, subscriber_id, account_id, charge_group, priority, cap_minor, is_default, tstzrange(since, NULL), tstzrange(${now}, NULL)
    FROM unnest(${relations.map(() => newId('fact'))}::uuid[],
                ${relations.map(({ subscriberId }) => subscriberId)}::uuid[],
                ${relations.map(({ accountId }) => accountId)}::uuid[],
                ${relations.map(({ chargeGroup }) => chargeGroup)}::text[],
                ${relations.map(({ priority }) => priority)}::integer[],
                ${relations.map(({ capMinor }) => capMinor?.toString() ?? null)}::bigint[],
                ${relations.map(({ isDefault }) => isDefault)}::boolean[],
                ${relations.map(({ since }) => since)}::timestamptz[])
         AS r (id, subscriber_id, account_id, charge_group, priority, cap_minor, is_default, since)`;
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
    CROSS JOIN LATERAL (
      SELECT FROM subscriber_identifier f
      WHERE f.value = asked.value AND f.kind = asked.kind AND upper_inf(f.recorded) AND f.valid && tstzrange(${from}, NULL)
      LIMIT 1
    ) taken`);
}
