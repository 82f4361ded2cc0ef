import type { Unit } from '../../context';
import { lockSubscribersOfCustomer } from '../../../data/operation/subscriber/select-attached';
import type { CustomerRole } from '../../../data/operation/subscriber/subscriber-facts';
import { moveRoles, touchSubscribers } from '../../../data/operation/subscriber/write-subscriber-facts';
import type { Id } from '../../../kernel/id';

/**
 * The subscribers that a customer owns, uses or pays for, at most `limit`, are another's from now on, as part of a process
 * that merges the two. `wide` is the unit with the system's scope: they go along whatever their line of business.
 * @returns how many there were; more than `limit` when they are too many, and then none is moved
 */
export async function moveRolesTo(wide: Unit, from: Id<'customer'>, to: Id<'customer'>, limit: number): Promise<number> {
  const subscribers = await lockSubscribersOfCustomer(wide, from, limit + 1);
  if (subscribers.length === 0 || subscribers.length > limit) return subscribers.length;
  const moved = await moveRoles(wide.transaction, from, to, wide.now);
  const rolesOf = new Map<Id<'subscriber'>, Set<CustomerRole>>();
  for (const { subscriber_id: id, role } of moved) rolesOf.set(id, (rolesOf.get(id) ?? new Set()).add(role));
  await touchSubscribers(
    wide.transaction,
    subscribers.map(({ id }) => id),
  );
  for (const { id, organisation_id: organisationId, service_type: serviceType } of subscribers) {
    const roles = [...(rolesOf.get(id) ?? [])].sort();
    const before = { roles, customerId: from };
    wide.audit({ subjectKind: 'subscriber', subjectId: id, organisationId, serviceType, before, after: { roles, customerId: to } });
    const payload = { changed: ['customers'], roles, customerId: to };
    wide.emit({ type: 'SubscriberAttributeValueChangeEvent', subjectKind: 'subscriber', subjectId: id, payload });
  }
  return subscribers.length;
}
