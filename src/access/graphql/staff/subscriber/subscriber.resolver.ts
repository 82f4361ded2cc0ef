import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Extensions, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql';
import {
  IDENTIFIER_PREFIX_MIN, searchSubscribers, selectSubscriberByIdentifier,
  type CustomerRole, type IdentifierKind, type SubscriberFilter,
} from '../../../../business/component/subscriber'; // prettier-ignore
import { readCounterView } from '../../../../business/view/counter';
import { Failure } from '../../../../kernel/failure';
import type { Id } from '../../../../kernel/id';
import { toConnection, type ConnectionOf } from '../../server/connection';
import type { GraphContext } from '../../server/context';
import { FactTimeArgs, factTimeOf } from '../../server/fact-time';
import { searchedBy } from '../../server/given';
import { cost } from '../../server/guard/cost-hint';
import { selectionOf } from '../../server/look-ahead';
import { MoneyType } from '../../server/money.type';
import { when, type MaybePromise } from '../../../../kernel/maybe-promise';
import { readId, readOptionalId } from '../../server/node-id';
import { CustomerRoleEnum, IdentifierKindEnum } from '../../server/party-enum';
import { PageArgs, pageOf } from '../../server/page-args';
import { accountLoader } from '../account/account.loader';
import { loadAccount } from '../account/account.resolver';
import { AccountType } from '../account/account.type';
import { loadCustomer } from '../customer/customer.resolver';
import { CustomerType } from '../customer/customer.type';
import { AccessNumberType } from '../number/number.type';
import { counterWantsOf } from './counter-wants';
import { SubscriberFilterType } from './subscriber.input';
import {
  identifiersLoader, relationsOfSubscriberLoader, rolesLoader, statusLoader, subscriberLoader, subscribersOfCustomerLoader,
} from './subscriber.loader'; // prettier-ignore
import {
  PaymentRelationType, SubscriberConnection, SubscriberCustomerType, SubscriberIdentifierType,
  SubscriberStatusPeriodType, SubscriberType,
} from './subscriber.type'; // prettier-ignore

@Resolver(() => SubscriberType)
export class SubscriberResolver {
  @Query(() => SubscriberType, { nullable: true, description: 'A subscriber in scope; null when there is none.' })
  public async subscriber(@Arg('id', () => ID) id: string, @Ctx() context: GraphContext): Promise<SubscriberType | null> {
    return loadSubscriber(context, readId('subscriber', id));
  }

  @Query(() => SubscriberType, {
    nullable: true,
    description:
      'The subscriber that has this number, login or SIM 柜面视图, now or at `validAt`. Ask below it for products, bundle, discounts, customer, documents, ' +
      'contacts, accounts, payment relations and the customer’s other subscribers: the whole picture is read by one statement.',
  })
  public async subscriberByNumber(
    @Arg('number', () => String) number: string,
    @Arg('kind', () => IdentifierKindEnum, { nullable: true }) kind: IdentifierKind | null,
    @Args(() => FactTimeArgs) time: FactTimeArgs,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<SubscriberType | null> {
    const isOfNow = kind == null && time.validAt == null && time.knownAt == null;
    const wants = isOfNow ? counterWantsOf(selectionOf(info)) : undefined;
    if (wants === undefined) {
      const subscriber = await selectSubscriberByIdentifier(context, number, kind ?? null, factTimeOf(time, context.now));
      return subscriber === undefined ? null : new SubscriberType(subscriber);
    }
    const view = await readCounterView(context, number, wants);
    return view === undefined ? null : new SubscriberType(view.subscriber, view);
  }

  @Query(() => SubscriberConnection, { description: 'Subscribers in scope, oldest first.' })
  public async subscribers(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => SubscriberFilterType, { nullable: true }) filter: SubscriberFilterType | null | undefined,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<SubscriberType>> {
    const found = await searchSubscribers(context, readFilter(filter), pageOf(page));
    return toConnection(SubscriberConnection, found, (subscriber) => new SubscriberType(subscriber), (subscriber) => [subscriber.value.id]); // prettier-ignore
  }

  @FieldResolver(() => CustomerType, { nullable: true, description: 'The owner 产权客户; null when outside scope.' })
  public customer(
    @Root() subscriber: SubscriberType,
    @Args(() => FactTimeArgs) time: FactTimeArgs,
    @Ctx() context: GraphContext,
  ): MaybePromise<CustomerType | null> {
    const ahead = subscriber.ahead?.customer;
    if (ahead !== undefined) return ahead === null ? null : new CustomerType(ahead.customer, ahead.ahead);
    return when(rolesLoader(context, time).load(subscriber.value.id), (roles) => {
      const owner = roles.find((role) => role.role === 'OWNER');
      return owner === undefined ? null : loadCustomer(context, owner.customerId);
    });
  }

  @Extensions(cost({ listSize: 3 }))
  @FieldResolver(() => [SubscriberCustomerType], { description: 'Owner, user and payer.' })
  public async customers(
    @Root() subscriber: SubscriberType,
    @Args(() => FactTimeArgs) time: FactTimeArgs,
    @Ctx() context: GraphContext,
  ): Promise<SubscriberCustomerType[]> {
    return (await rolesLoader(context, time).load(subscriber.value.id)).map((role) => new SubscriberCustomerType(role));
  }

  @Extensions(cost({ listSize: 3 }))
  @FieldResolver(() => [SubscriberIdentifierType], { description: 'Numbers, logins and SIM cards.' })
  public async identifiers(
    @Root() subscriber: SubscriberType,
    @Args(() => FactTimeArgs) time: FactTimeArgs,
    @Ctx() context: GraphContext,
  ): Promise<SubscriberIdentifierType[]> {
    return (await identifiersLoader(context, time).load(subscriber.value.id)).map((identifier) => new SubscriberIdentifierType(identifier));
  }

  @FieldResolver(() => SubscriberStatusPeriodType, { nullable: true, description: 'The status at an instant; null before the opening.' })
  public async statusAt(
    @Root() subscriber: SubscriberType,
    @Args(() => FactTimeArgs) time: FactTimeArgs,
    @Ctx() context: GraphContext,
  ): Promise<SubscriberStatusPeriodType | null> {
    const [status] = await statusLoader(context, time).load(subscriber.value.id);
    return status === undefined ? null : new SubscriberStatusPeriodType(status);
  }

  @Extensions(cost({ listSize: 3 }))
  @FieldResolver(() => [PaymentRelationType], { description: 'Who pays 付费关系, at most 100.' })
  public async paymentRelations(
    @Root() subscriber: SubscriberType,
    @Args(() => FactTimeArgs) time: FactTimeArgs,
    @Ctx() context: GraphContext,
  ): Promise<PaymentRelationType[]> {
    return (await relationsOfSubscriberLoader(context, time).load(subscriber.value.id)).map(
      (relation) => new PaymentRelationType(relation),
    );
  }
}

@Resolver(() => SubscriberCustomerType)
export class SubscriberCustomerResolver {
  @FieldResolver(() => CustomerType, { nullable: true, description: 'Null when outside scope.' })
  public async customer(@Root() { value }: SubscriberCustomerType, @Ctx() context: GraphContext): Promise<CustomerType | null> {
    return loadCustomer(context, value.customerId);
  }
}

@Resolver(() => PaymentRelationType)
export class PaymentRelationResolver {
  @FieldResolver(() => SubscriberType, { nullable: true, description: 'Null when outside scope.' })
  public subscriber(@Root() relation: PaymentRelationType, @Ctx() context: GraphContext): MaybePromise<SubscriberType | null> {
    if (relation.subscriberAhead !== undefined) return new SubscriberType(relation.subscriberAhead);
    return loadSubscriber(context, relation.value.subscriberId);
  }

  @FieldResolver(() => AccountType, { nullable: true, description: 'Null when outside scope.' })
  public async account(@Root() { value }: PaymentRelationType, @Ctx() context: GraphContext): Promise<AccountType | null> {
    return loadAccount(context, value.accountId);
  }

  @FieldResolver(() => MoneyType, {
    nullable: true,
    description: 'At most this much a period, in the currency of the account; null without a cap, or when the account is outside scope.',
  })
  public async cap(@Root() { value }: PaymentRelationType, @Ctx() context: GraphContext): Promise<MoneyType | null> {
    if (value.capMinor === null) return null;
    const account = await accountLoader(context).load(value.accountId);
    return account === undefined ? null : new MoneyType({ amountMinor: value.capMinor, currency: account.currency });
  }
}

@Resolver(() => CustomerType)
export class CustomerSubscribersResolver {
  @FieldResolver(() => SubscriberConnection, { description: 'Subscribers 用户 for which the customer has a role, oldest first.' })
  public subscribers(
    @Root() customer: CustomerType,
    @Args(() => PageArgs) page: PageArgs,
    @Args(() => FactTimeArgs) time: FactTimeArgs,
    @Arg('role', () => CustomerRoleEnum, { nullable: true, description: 'The owner’s when not given.' }) role: CustomerRole | null,
    @Ctx() context: GraphContext,
  ): MaybePromise<ConnectionOf<SubscriberType>> {
    const read =
      customer.ahead?.subscribers ?? subscribersOfCustomerLoader(context, role ?? 'OWNER', time, pageOf(page)).load(customer.value.id);
    return when(read, (found) =>
      toConnection(
        SubscriberConnection,
        found,
        (subscriber) => new SubscriberType(subscriber),
        (subscriber) => [subscriber.value.id],
      ),
    );
  }
}

@Resolver(() => AccessNumberType)
export class AccessNumberSubscriberResolver {
  @FieldResolver(() => SubscriberType, { nullable: true, description: 'Who has the number; null for nobody, and outside scope.' })
  public async subscriber(@Root() { value }: AccessNumberType, @Ctx() context: GraphContext): Promise<SubscriberType | null> {
    return value.subscriberId === null ? null : loadSubscriber(context, value.subscriberId);
  }
}

export async function loadSubscriber(context: GraphContext, id: Id<'subscriber'>): Promise<SubscriberType | null> {
  const subscriber = await subscriberLoader(context).load(id);
  return subscriber === undefined ? null : new SubscriberType(subscriber);
}

function readFilter(filter: SubscriberFilterType | null | undefined): SubscriberFilter {
  if (filter == null) return {};
  if (filter.identifierPrefix != null && filter.identifierPrefix.length < IDENTIFIER_PREFIX_MIN) {
    throw new Failure('BAD_USER_INPUT', `identifierPrefix must have at least ${IDENTIFIER_PREFIX_MIN} characters.`);
  }
  return searchedBy({ ...filter, organisationId: readOptionalId('organisation', filter.organisationId, 'filter.organisationId') });
}
