import type DataLoader from 'dataloader';
import {
  selectIdentifiers, selectPaymentRelations, selectStatuses, selectSubscriberCustomers, selectSubscribersById, selectSubscribersOfCustomers,
  type CustomerRole, type PaymentRelation, type Subscriber, type SubscriberCustomer, type SubscriberIdentifier, type SubscriberStatusFact,
} from '../../../../business/component/subscriber'; // prettier-ignore
import type { Id } from '../../../../kernel/id';
import type { Page, PageRequest } from '../../../../kernel/page';
import type { GraphContext } from '../../server/context';
import { factTimeKey, factTimeOf, type FactTimeArgs } from '../../server/fact-time';
import { groupLoaderOf, loaderOf, pageLoaderOf } from '../../server/loader';
import { pageKey } from '../../server/page-args';

type SubscriberId = Id<'subscriber'>;

/** Subscribers in scope by id. */
export function subscriberLoader(context: GraphContext): DataLoader<SubscriberId, Subscriber | undefined> {
  return loaderOf(
    context,
    'subscriber',
    (ids: readonly SubscriberId[]) => selectSubscribersById(context, ids),
    (subscriber) => subscriber.id,
  );
}

export function subscribersOfCustomerLoader(
  context: GraphContext,
  role: CustomerRole,
  time: FactTimeArgs,
  page: PageRequest,
): DataLoader<Id<'customer'>, Page<Subscriber>> {
  const name = `customer.subscribers ${role} ${factTimeKey(time)} ${pageKey(page)}`;
  return pageLoaderOf(context, name, (ids) => selectSubscribersOfCustomers(context, ids, role, factTimeOf(time, context.now), page));
}

export function identifiersLoader(context: GraphContext, time: FactTimeArgs): DataLoader<SubscriberId, readonly SubscriberIdentifier[]> {
  const read = (ids: readonly SubscriberId[]): Promise<SubscriberIdentifier[]> =>
    selectIdentifiers(context, ids, factTimeOf(time, context.now));
  return groupLoaderOf(context, `subscriber.identifiers ${factTimeKey(time)}`, read, (identifier) => identifier.subscriberId);
}

export function rolesLoader(context: GraphContext, time: FactTimeArgs): DataLoader<SubscriberId, readonly SubscriberCustomer[]> {
  const read = (ids: readonly SubscriberId[]): Promise<SubscriberCustomer[]> =>
    selectSubscriberCustomers(context, ids, factTimeOf(time, context.now));
  return groupLoaderOf(context, `subscriber.roles ${factTimeKey(time)}`, read, (role) => role.subscriberId);
}

export function statusLoader(context: GraphContext, time: FactTimeArgs): DataLoader<SubscriberId, readonly SubscriberStatusFact[]> {
  const read = (ids: readonly SubscriberId[]): Promise<SubscriberStatusFact[]> =>
    selectStatuses(context, ids, factTimeOf(time, context.now));
  return groupLoaderOf(context, `subscriber.status ${factTimeKey(time)}`, read, (status) => status.subscriberId);
}

export function relationsOfSubscriberLoader(
  context: GraphContext,
  time: FactTimeArgs,
): DataLoader<SubscriberId, readonly PaymentRelation[]> {
  const read = (ids: readonly SubscriberId[]): Promise<PaymentRelation[]> =>
    selectPaymentRelations(context, ids, factTimeOf(time, context.now));
  return groupLoaderOf(context, `subscriber.paymentRelations ${factTimeKey(time)}`, read, (relation) => relation.subscriberId);
}
