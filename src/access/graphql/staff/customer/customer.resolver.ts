import { Arg, Args, Ctx, Extensions, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { searchCustomers, type CustomerFilter } from '../../../../business/component/customer';
import type { Id } from '../../../../kernel/id';
import { toConnection, type ConnectionOf } from '../../server/connection';
import type { GraphContext } from '../../server/context';
import { FactTimeArgs } from '../../server/fact-time';
import { searchedBy } from '../../server/given';
import { cost } from '../../server/guard/cost-hint';
import { when, type MaybePromise } from '../../../../kernel/maybe-promise';
import { readId, readOptionalId } from '../../server/node-id';
import { PageArgs, pageOf } from '../../server/page-args';
import { CustomerFilterType } from './customer.input';
import { contactsLoader, customerLoader, documentsLoader, managersLoader, relatedByLoader, relationsLoader } from './customer.loader';
import {
  ContactType, CustomerConnection, CustomerManagerType, CustomerRelationType, CustomerType, DocumentType,
} from './customer.type'; // prettier-ignore

@Resolver(() => CustomerType)
export class CustomerResolver {
  @Query(() => CustomerType, { nullable: true, description: 'A customer in scope; null when there is none.' })
  public async customer(@Arg('id', () => ID) id: string, @Ctx() context: GraphContext): Promise<CustomerType | null> {
    return loadCustomer(context, readId('customer', id));
  }

  @Query(() => CustomerConnection, { description: 'Customers in scope, oldest first.' })
  public async customers(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => CustomerFilterType, { nullable: true }) filter: CustomerFilterType | null | undefined,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<CustomerType>> {
    const found = await searchCustomers(context, readFilter(filter), pageOf(page));
    return toConnection(CustomerConnection, found, (customer) => new CustomerType(customer), (customer) => [customer.value.id]); // prettier-ignore
  }

  @Extensions(cost({ listSize: 3 }))
  @FieldResolver(() => [DocumentType], { description: 'Identity documents 证件, at most 100.' })
  public documents(
    @Root() customer: CustomerType,
    @Args(() => FactTimeArgs) time: FactTimeArgs,
    @Ctx() context: GraphContext,
  ): MaybePromise<DocumentType[]> {
    const read = customer.ahead?.documents ?? documentsLoader(context, time).load(customer.value.id);
    return when(read, (documents) => documents.map((document) => new DocumentType(document)));
  }

  @Extensions(cost({ listSize: 3 }))
  @FieldResolver(() => [ContactType], { description: 'Contacts 联系方式, at most 100.' })
  public contacts(
    @Root() customer: CustomerType,
    @Args(() => FactTimeArgs) time: FactTimeArgs,
    @Ctx() context: GraphContext,
  ): MaybePromise<ContactType[]> {
    const read = customer.ahead?.contacts ?? contactsLoader(context, time).load(customer.value.id);
    return when(read, (contacts) => contacts.map((contact) => new ContactType(contact)));
  }

  @Extensions(cost({ listSize: 3 }))
  @FieldResolver(() => [CustomerRelationType], { description: 'The relations that this customer has, at most 100.' })
  public async relations(
    @Root() customer: CustomerType,
    @Args(() => FactTimeArgs) time: FactTimeArgs,
    @Ctx() context: GraphContext,
  ): Promise<CustomerRelationType[]> {
    return (await relationsLoader(context, time).load(customer.value.id)).map((relation) => new CustomerRelationType(relation));
  }

  @Extensions(cost({ listSize: 3 }))
  @FieldResolver(() => [CustomerRelationType], { description: 'The relations that others have to this customer, at most 100.' })
  public async relatedBy(
    @Root() customer: CustomerType,
    @Args(() => FactTimeArgs) time: FactTimeArgs,
    @Ctx() context: GraphContext,
  ): Promise<CustomerRelationType[]> {
    return (await relatedByLoader(context, time).load(customer.value.id)).map((relation) => new CustomerRelationType(relation));
  }

  @FieldResolver(() => CustomerManagerType, { nullable: true, description: 'Who looks after this customer 客户经理.' })
  public async manager(
    @Root() customer: CustomerType,
    @Args(() => FactTimeArgs) time: FactTimeArgs,
    @Ctx() context: GraphContext,
  ): Promise<CustomerManagerType | null> {
    const [manager] = await managersLoader(context, time).load(customer.value.id);
    return manager === undefined ? null : new CustomerManagerType(manager);
  }

  @FieldResolver(() => CustomerType, { nullable: true, description: 'The customer that this one was merged into 合户, if it is in scope.' })
  public async mergedInto(@Root() customer: CustomerType, @Ctx() context: GraphContext): Promise<CustomerType | null> {
    return customer.value.mergedIntoId === null ? null : loadCustomer(context, customer.value.mergedIntoId);
  }
}

@Resolver(() => CustomerRelationType)
export class CustomerRelationResolver {
  @FieldResolver(() => CustomerType, { nullable: true, description: 'Null when outside scope.' })
  public async customer(@Root() relation: CustomerRelationType, @Ctx() context: GraphContext): Promise<CustomerType | null> {
    return loadCustomer(context, relation.value.customerId);
  }

  @FieldResolver(() => CustomerType, { nullable: true, description: 'Null when outside scope.' })
  public async relatedCustomer(@Root() relation: CustomerRelationType, @Ctx() context: GraphContext): Promise<CustomerType | null> {
    return loadCustomer(context, relation.value.relatedCustomerId);
  }
}

export async function loadCustomer(context: GraphContext, id: Id<'customer'>): Promise<CustomerType | null> {
  const customer = await customerLoader(context).load(id);
  return customer === undefined ? null : new CustomerType(customer);
}

function readFilter(filter: CustomerFilterType | null | undefined): CustomerFilter {
  if (filter == null) return {};
  const { organisationId, managerId, ...rest } = filter;
  return searchedBy({
    ...rest,
    organisationId: readOptionalId('organisation', organisationId, 'filter.organisationId'),
    managerId: readOptionalId('staff', managerId, 'filter.managerId'),
  });
}
