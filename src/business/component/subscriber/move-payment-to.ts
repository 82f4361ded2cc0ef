import type { Unit } from '../../context';
import { lockSubscribersOfAccount } from '../../../data/operation/subscriber/select-attached';
import { lockSubscribers, type LockedSubscriber } from '../../../data/operation/subscriber/write-subscriber';
import { movePaymentRelations, touchSubscribers } from '../../../data/operation/subscriber/write-subscriber-facts';
import type { Id } from '../../../kernel/id';

/**
 * What one account pays for, at most `limit` subscribers, another pays for from now on, as part of a process that merges the
 * two. `wide` is the unit with the system's scope: subscribers go along whatever their line of business.
 * @returns how many there were; more than `limit` when they are too many, and then none is moved
 */
export async function moveAllPaymentTo(wide: Unit, from: Id<'account'>, to: Id<'account'>, limit: number): Promise<number> {
  const subscribers = await lockSubscribersOfAccount(wide, from, limit + 1);
  if (subscribers.length > 0 && subscribers.length <= limit) await movePayment(wide, from, to, subscribers);
  return subscribers.length;
}

/**
 * What one account pays for some subscribers in the caller's scope, another pays for from now on.
 * @returns those of the subscribers that the account does not pay for, or that are out of scope; when there are any, the unit
 * must be refused
 */
export async function movePaymentTo(
  unit: Unit,
  from: Id<'account'>,
  to: Id<'account'>,
  subscriberIds: readonly Id<'subscriber'>[],
): Promise<readonly Id<'subscriber'>[]> {
  const subscribers = await lockSubscribers(unit, subscriberIds, 'subscriber:write');
  const moved = await movePayment(unit, from, to, subscribers);
  return subscriberIds.filter((id) => !moved.has(id));
}

async function movePayment(
  unit: Unit,
  from: Id<'account'>,
  to: Id<'account'>,
  subscribers: readonly LockedSubscriber[],
): Promise<ReadonlySet<Id<'subscriber'>>> {
  const subscriberIds = subscribers.map(({ id }) => id);
  const moved = new Set(await movePaymentRelations(unit.transaction, from, to, { subscriberIds, now: unit.now }));
  await touchSubscribers(unit.transaction, [...moved]);
  for (const { id, organisation_id: organisationId, service_type: serviceType } of subscribers) {
    if (!moved.has(id)) continue;
    unit.audit({ subjectKind: 'subscriber', subjectId: id, organisationId, serviceType, before: { paidBy: from }, after: { paidBy: to } });
    const payload = { changed: ['paymentRelations'], accountId: to };
    unit.emit({ type: 'SubscriberAttributeValueChangeEvent', subjectKind: 'subscriber', subjectId: id, payload });
  }
  return moved;
}
