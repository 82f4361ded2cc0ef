import type { Transaction } from '../../connection/core-database';
import { among, sql } from '../../connection/sql';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import type { Permission } from '../../../kernel/scope';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';
import { SUBSCRIBER_COLUMNS, type SubscriberRow } from './subscriber';
import { SubscriberEntity } from './subscriber.entity';

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
    WHERE s.id ${among(ids)} AND ${visibleTo(context.scope, permission, 's')}
    ORDER BY s.id FOR NO KEY UPDATE OF s`);
}

export type SubscriberChanges = Partial<Pick<SubscriberEntity, 'organisationId' | 'attributes' | 'status' | 'stopReasons' | 'closedAt'>>;

/** Changes a locked subscriber and moves its version on. */
export async function updateSubscriber(transaction: Transaction, subscriber: LockedSubscriber, changes: SubscriberChanges): Promise<void> {
  const { id, version } = subscriber;
  const updated = await transaction.manager.update(SubscriberEntity, { id, version }, { ...changes, version: version + 1 });
  invariant(updated.affected === 1, 'a subscriber was changed without its lock');
}
