import type DataLoader from 'dataloader';
import { selectAccountsOfCustomers, type Account } from '../../../../business/component/account';
import { selectCustomersById, selectDocuments, type Customer, type CustomerDocument } from '../../../../business/component/customer';
import {
  selectSubscriberCustomers,
  selectSubscribersOfCustomers,
  type Subscriber,
  type SubscriberCustomer,
} from '../../../../business/component/subscriber';
import type { Id } from '../../../../kernel/id';
import type { Page, PageRequest } from '../../../../kernel/page';
import type { GraphContext } from '../../server/context';
import { groupLoaderOf, loaderOf, pageLoaderOf } from '../../server/loader';
import { pageKey } from '../../server/page-args';

type CustomerId = Id<'customer'>;
type SubscriberId = Id<'subscriber'>;

export function partnerCustomerLoader(context: GraphContext): DataLoader<CustomerId, Customer | undefined> {
  return loaderOf(
    context,
    'customer',
    (ids: readonly CustomerId[]) => selectCustomersById(context, ids),
    (customer) => customer.id,
  );
}

export function partnerDocumentsLoader(context: GraphContext): DataLoader<CustomerId, readonly CustomerDocument[]> {
  const read = (ids: readonly CustomerId[]): Promise<CustomerDocument[]> =>
    selectDocuments(context, ids, { validAt: context.now, knownAt: null });
  return groupLoaderOf(context, 'customer.documents', read, (document) => document.customerId);
}

export function partnerAccountsLoader(context: GraphContext, page: PageRequest): DataLoader<CustomerId, Page<Account>> {
  return pageLoaderOf(context, `customer.accounts ${pageKey(page)}`, (ids) => selectAccountsOfCustomers(context, ids, page));
}

export function partnerSubscribersLoader(context: GraphContext, page: PageRequest): DataLoader<CustomerId, Page<Subscriber>> {
  const time = { validAt: context.now, knownAt: null };
  return pageLoaderOf(context, `customer.subscribers ${pageKey(page)}`, (ids) =>
    selectSubscribersOfCustomers(context, ids, 'OWNER', time, page),
  );
}

export function partnerRolesLoader(context: GraphContext): DataLoader<SubscriberId, readonly SubscriberCustomer[]> {
  const time = { validAt: context.now, knownAt: null };
  const read = (ids: readonly SubscriberId[]): Promise<SubscriberCustomer[]> => selectSubscriberCustomers(context, ids, time);
  return groupLoaderOf(context, 'subscriber.roles', read, (role) => role.subscriberId);
}
