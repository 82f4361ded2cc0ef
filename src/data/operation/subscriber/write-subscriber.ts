import type { Transaction } from '../../connection/core-database';
import { insertRow } from '../../connection/insert-row';
import { sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import type { Permission } from '../../../kernel/scope';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';
import { SUBSCRIBER_COLUMNS, type SubscriberRow } from './subscriber';
import { SubscriberEntity } from './subscriber.entity';
import type { CustomerRole, IdentifierKind } from './subscriber-facts';

/** A subscriber as it stands in its locked row. */
export type LockedSubscriber = SubscriberRow;

/** Locks subscribers for a change, in the order of their ids; those in scope only. Locks are held to the end of the transaction. */
export async function lockSubscribers(
  context: ScopedRead,
  ids: readonly Id<'subscriber'>[],
  permission: Permission,
): Promise<LockedSubscriber[]> {
  return context.sql.query<SubscriberRow>(sql`
    SELECT ${SUBSCRIBER_COLUMNS} FROM subscriber s
    WHERE s.id = ANY (${ids}::uuid[]) AND ${visibleTo(context.scope, permission, 's')}
    ORDER BY s.id FOR NO KEY UPDATE OF s`);
}

export interface NewSubscriber {
  readonly serviceType: string;
  readonly organisationId: Id<'organisation'>;
  readonly attributes: object;
  readonly identifiers: readonly { readonly kind: IdentifierKind; readonly value: string }[];
  readonly customers: readonly { readonly role: CustomerRole; readonly customerId: Id<'customer'> }[];
  /** The account of the default payment relation. */
  readonly accountId: Id<'account'>;
  readonly defaultPriority: number;
  /** Active, when not given. */
  readonly status?: 'active' | 'pendingActive';
}

/**
 * Inserts a subscriber that is there from now on, with the facts that it begins with.
 * @returns its subscriber number
 */
export async function insertSubscriber(
  transaction: Transaction,
  {
    identifiers,
    customers,
    accountId,
    defaultPriority,
    status = 'active',
    ...subscriber
  }: NewSubscriber & { readonly id: Id<'subscriber'> },
  now: Instant,
): Promise<string> {
  const row = {
    ...subscriber,
    status,
    stopReasons: 0,
    openedAt: now,
    closedAt: null,
    version: 1,
    createdAt: now,
  };
  const { subscriberNo } = await insertRow(transaction, SubscriberEntity, row);
  invariant(subscriberNo !== undefined, 'a subscriber is given its number');
  await transaction.query(sql`
    WITH identifier AS (
      INSERT INTO subscriber_identifier (id, subscriber_id, kind, value, valid, recorded)
      SELECT id, ${row.id}, kind, value, tstzrange(${now}, NULL), tstzrange(${now}, NULL)
      FROM unnest(${identifiers.map(() => newId('fact'))}::uuid[],
                  ${identifiers.map(({ kind }) => kind)}::text[],
                  ${identifiers.map(({ value }) => value)}::text[]) AS r (id, kind, value)
    ), role AS (
      INSERT INTO subscriber_customer (id, subscriber_id, role, customer_id, valid, recorded)
      SELECT id, ${row.id}, role, customer_id, tstzrange(${now}, NULL), tstzrange(${now}, NULL)
      FROM unnest(${customers.map(() => newId('fact'))}::uuid[],
                  ${customers.map(({ role }) => role)}::text[],
                  ${customers.map(({ customerId }) => customerId)}::uuid[]) AS r (id, role, customer_id)
    ), status AS (
      INSERT INTO subscriber_status (id, subscriber_id, status, stop_reasons, valid, recorded)
      VALUES (${newId('fact')}, ${row.id}, ${row.status}, 0, tstzrange(${now}, NULL), tstzrange(${now}, NULL))
    )
    INSERT INTO payment_relation (id, subscriber_id, account_id, priority, is_default, valid, recorded)
    VALUES (${newId('fact')}, ${row.id}, ${accountId}, ${defaultPriority}, true, tstzrange(${now}, NULL), tstzrange(${now}, NULL))`);
  return subscriberNo;
}

export type SubscriberChanges = Partial<Pick<SubscriberEntity, 'organisationId' | 'attributes' | 'status' | 'stopReasons' | 'closedAt'>>;

/** Changes a locked subscriber and moves its version on. */
export async function updateSubscriber(transaction: Transaction, subscriber: LockedSubscriber, changes: SubscriberChanges): Promise<void> {
  const { id, version } = subscriber;
  const updated = await transaction.manager.update(SubscriberEntity, { id, version }, { ...changes, version: version + 1 });
  invariant(updated.affected === 1, 'a subscriber was changed without its lock');
}
