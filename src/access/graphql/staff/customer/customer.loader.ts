import type DataLoader from 'dataloader';
import {
  selectContacts, selectCustomersById, selectDocuments, selectManagers, selectRelations,
  type Customer, type CustomerContact, type CustomerDocument, type CustomerManager, type CustomerRelation,
} from '../../../../business/component/customer'; // prettier-ignore
import type { Id } from '../../../../kernel/id';
import type { GraphContext } from '../../server/context';
import { factTimeKey, factTimeOf, type FactTimeArgs } from '../../server/fact-time';
import { groupLoaderOf, loaderOf } from '../../server/loader';

type CustomerId = Id<'customer'>;

/** Customers in scope by id. */
export function customerLoader(context: GraphContext): DataLoader<CustomerId, Customer | undefined> {
  return loaderOf(
    context,
    'customer',
    (ids: readonly CustomerId[]) => selectCustomersById(context, ids),
    (customer) => customer.id,
  );
}

export function documentsLoader(context: GraphContext, time: FactTimeArgs): DataLoader<CustomerId, readonly CustomerDocument[]> {
  const read = (ids: readonly CustomerId[]): Promise<CustomerDocument[]> => selectDocuments(context, ids, factTimeOf(time, context.now));
  return groupLoaderOf(context, `customer.documents ${factTimeKey(time)}`, read, (document) => document.customerId);
}

export function contactsLoader(context: GraphContext, time: FactTimeArgs): DataLoader<CustomerId, readonly CustomerContact[]> {
  const read = (ids: readonly CustomerId[]): Promise<CustomerContact[]> => selectContacts(context, ids, factTimeOf(time, context.now));
  return groupLoaderOf(context, `customer.contacts ${factTimeKey(time)}`, read, (contact) => contact.customerId);
}

export function relationsLoader(context: GraphContext, time: FactTimeArgs): DataLoader<CustomerId, readonly CustomerRelation[]> {
  const read = (ids: readonly CustomerId[]): Promise<CustomerRelation[]> =>
    selectRelations(context, ids, factTimeOf(time, context.now), 'customer_id');
  return groupLoaderOf(context, `customer.relations ${factTimeKey(time)}`, read, (relation) => relation.customerId);
}

/** The relations that others have to the customer. */
export function relatedByLoader(context: GraphContext, time: FactTimeArgs): DataLoader<CustomerId, readonly CustomerRelation[]> {
  const read = (ids: readonly CustomerId[]): Promise<CustomerRelation[]> =>
    selectRelations(context, ids, factTimeOf(time, context.now), 'related_customer_id');
  return groupLoaderOf(context, `customer.relatedBy ${factTimeKey(time)}`, read, (relation) => relation.relatedCustomerId);
}

export function managersLoader(context: GraphContext, time: FactTimeArgs): DataLoader<CustomerId, readonly CustomerManager[]> {
  const read = (ids: readonly CustomerId[]): Promise<CustomerManager[]> => selectManagers(context, ids, factTimeOf(time, context.now));
  return groupLoaderOf(context, `customer.managers ${factTimeKey(time)}`, read, (manager) => manager.customerId);
}
