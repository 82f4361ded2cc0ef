import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { searchCustomers } from '../../../../business/component/customer';
import { selectSubscriberByIdentifier } from '../../../../business/component/subscriber';
import { toConnection, type ConnectionOf } from '../../server/connection';
import type { GraphContext } from '../../server/context';
import { searchedBy } from '../../server/given';
import { readId } from '../../server/node-id';
import { PageArgs, pageOf } from '../../server/page-args';
import { PartnerAccountConnection, PartnerAccountType } from '../account/account.type';
import { PartnerSubscriberConnection, PartnerSubscriberType } from '../subscriber/subscriber.type';
import { PartnerCustomerFilterType } from './customer.input';
import {
  partnerAccountsLoader, partnerCustomerLoader, partnerDocumentsLoader, partnerRolesLoader, partnerSubscribersLoader,
} from './customer.loader'; // prettier-ignore
import { PartnerCustomerConnection, PartnerCustomerType, PartnerDocumentType } from './customer.type';

@Resolver(() => PartnerCustomerType)
export class PartnerCustomerResolver {
  @Query(() => PartnerCustomerType, { nullable: true, description: 'One of the partner’s own customers; null when there is none.' })
  public async customer(@Arg('id', () => ID) id: string, @Ctx() context: GraphContext): Promise<PartnerCustomerType | null> {
    const customer = await partnerCustomerLoader(context).load(readId('customer', id));
    return customer === undefined ? null : new PartnerCustomerType(customer);
  }

  @Query(() => PartnerCustomerConnection, { description: 'The partner’s own customers, oldest first.' })
  public async customers(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => PartnerCustomerFilterType, { nullable: true }) filter: PartnerCustomerFilterType | null | undefined,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<PartnerCustomerType>> {
    const found = await searchCustomers(context, searchedBy({ ...filter }), pageOf(page));
    return toConnection(
      PartnerCustomerConnection,
      found,
      (customer) => new PartnerCustomerType(customer),
      (customer) => [customer.value.id],
    );
  }

  @FieldResolver(() => [PartnerDocumentType], { description: 'Identity documents, at most 100.' })
  public async documents(@Root() { value }: PartnerCustomerType, @Ctx() context: GraphContext): Promise<PartnerDocumentType[]> {
    return (await partnerDocumentsLoader(context).load(value.id)).map((document) => new PartnerDocumentType(document));
  }

  @FieldResolver(() => PartnerAccountConnection)
  public async accounts(
    @Root() { value }: PartnerCustomerType,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<PartnerAccountType>> {
    const found = await partnerAccountsLoader(context, pageOf(page)).load(value.id);
    return toConnection(PartnerAccountConnection, found, (account) => new PartnerAccountType(account), (account) => [account.value.id]); // prettier-ignore
  }

  @FieldResolver(() => PartnerSubscriberConnection, { description: 'The subscribers that the customer owns.' })
  public async subscribers(
    @Root() { value }: PartnerCustomerType,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<PartnerSubscriberType>> {
    const found = await partnerSubscribersLoader(context, pageOf(page)).load(value.id);
    return toConnection(
      PartnerSubscriberConnection,
      found,
      (subscriber) => new PartnerSubscriberType(subscriber),
      (subscriber) => [subscriber.value.id],
    );
  }
}

@Resolver(() => PartnerSubscriberType)
export class PartnerSubscriberResolver {
  @Query(() => PartnerSubscriberType, {
    nullable: true,
    description: 'The subscriber that has this number or login now; null when there is none.',
  })
  public async subscriberByNumber(
    @Arg('number', () => String) number: string,
    @Ctx() context: GraphContext,
  ): Promise<PartnerSubscriberType | null> {
    const found = await selectSubscriberByIdentifier(context, number, null, { validAt: context.now, knownAt: null });
    return found === undefined ? null : new PartnerSubscriberType(found);
  }

  @FieldResolver(() => PartnerCustomerType, { nullable: true, description: 'The owner; null when not a customer of the partner.' })
  public async customer(@Root() { value }: PartnerSubscriberType, @Ctx() context: GraphContext): Promise<PartnerCustomerType | null> {
    const owner = (await partnerRolesLoader(context).load(value.id)).find((role) => role.role === 'OWNER');
    const customer = owner === undefined ? undefined : await partnerCustomerLoader(context).load(owner.customerId);
    return customer === undefined ? null : new PartnerCustomerType(customer);
  }
}
