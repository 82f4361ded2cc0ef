import { Arg, Args, Ctx, Extensions, FieldResolver, Resolver, Root } from 'type-graphql';
import { operatorParameters } from '../../../../business/component/organisation';
import { standingsOfBundle, termOfBundle } from '../../../../business/component/product';
import type { LocalDate } from '../../../../kernel/calendar';
import { dayNumberOf } from '../../../../kernel/day-number';
import { Failure } from '../../../../kernel/failure';
import type { Id } from '../../../../kernel/id';
import { when, type MaybePromise } from '../../../../kernel/maybe-promise';
import type { Json } from '../../../../kernel/stable-json';
import { toConnection, type ConnectionOf } from '../../server/connection';
import type { GraphContext } from '../../server/context';
import { DateScalar } from '../../server/date-scalar';
import { FactTimeArgs } from '../../server/fact-time';
import { cost } from '../../server/guard/cost-hint';
import { PageArgs, pageOf } from '../../server/page-args';
import { loadAccount } from '../account/account.resolver';
import { AccountType } from '../account/account.type';
import { loadCustomer } from '../customer/customer.resolver';
import { CustomerType } from '../customer/customer.type';
import { loadOrder } from '../order/order.resolver';
import { OrderItemType, OrderType } from '../order/order.type';
import { loadOrganisation } from '../organisation/organisation.resolver';
import { OrganisationType } from '../organisation/organisation.type';
import { loadSubscriber } from '../subscriber/subscriber.resolver';
import { SubscriberType } from '../subscriber/subscriber.type';
import {
  bundleDefinitionLoader, bundleInstanceLoader, bundlesOfLoader, membersOfBundleLoader, membershipLoader,
} from './bundle-instance.loader'; // prettier-ignore
import {
  BundleInstanceConnection, BundleInstanceType, BundleMembershipConnection, BundleMembershipType, BundleStandingType,
} from './bundle-instance.type'; // prettier-ignore
import { SharedAllowanceType } from './definition.type';
import { ContractPeriodType } from './product-instance.type';
import { loadProduct, loadProductVersion } from './product.resolver';
import { ProductType, ProductVersionType } from './product.type';

/** For how many days standings may be asked for at once. */
const STANDINGS_DAYS_MAX = 366;

const idOf = ({ value }: BundleInstanceType): string[] => [value.bundleInstanceId];

@Resolver(() => BundleInstanceType)
export class BundleInstanceResolver {
  @FieldResolver(() => ProductType, {
    nullable: true,
    description: 'The bundle as it is sold; null when outside scope. Needs catalogue:read.',
  })
  public product(@Root() { value, ahead }: BundleInstanceType, @Ctx() context: GraphContext): MaybePromise<ProductType | null> {
    if (ahead !== undefined) return ahead === null ? null : new ProductType(ahead);
    return loadProduct(context, value.productId);
  }

  @FieldResolver(() => ProductVersionType, {
    nullable: true,
    description: 'What it was sold as; a later version does not change it. Null when outside scope.',
  })
  public async productVersion(@Root() { value }: BundleInstanceType, @Ctx() context: GraphContext): Promise<ProductVersionType | null> {
    return loadProductVersion(context, value.versionId);
  }

  @FieldResolver(() => CustomerType, { nullable: true, description: 'Whose it is 套餐持有客户; null when outside scope.' })
  public async holder(@Root() { value }: BundleInstanceType, @Ctx() context: GraphContext): Promise<CustomerType | null> {
    return loadCustomer(context, value.holderId);
  }

  @FieldResolver(() => AccountType, { nullable: true, description: 'The account that is charged for it; null when outside scope.' })
  public async account(@Root() { value }: BundleInstanceType, @Ctx() context: GraphContext): Promise<AccountType | null> {
    return loadAccount(context, value.accountId);
  }

  @FieldResolver(() => OrganisationType, { nullable: true, description: 'The node that manages it.' })
  public async organisation(@Root() { value }: BundleInstanceType, @Ctx() context: GraphContext): Promise<OrganisationType | null> {
    return loadOrganisation(context, value.organisationId);
  }

  @FieldResolver(() => OrderType, { nullable: true, description: 'The order that made it what it is; null when outside scope.' })
  public async order(@Root() { value }: BundleInstanceType, @Ctx() context: GraphContext): Promise<OrderType | null> {
    return loadOrder(context, value.orderId);
  }

  @FieldResolver(() => BundleMembershipConnection, {
    description: 'Who is in it, or was at `validAt`: of the subscribers in scope, by their ids.',
  })
  public async members(
    @Root() { value }: BundleInstanceType,
    @Args(() => PageArgs) page: PageArgs,
    @Args(() => FactTimeArgs) time: FactTimeArgs,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<BundleMembershipType>> {
    const found = await membersOfBundleLoader(context, time, pageOf(page)).load(value.bundleInstanceId);
    return toConnection(
      BundleMembershipConnection,
      found,
      (membership) => new BundleMembershipType(membership),
      (membership) => [membership.value.subscriberId],
    );
  }

  @Extensions(cost({ listSize: 3 }))
  @FieldResolver(() => [SharedAllowanceType], { description: 'What all members share 共享量, as its version says; at most 20.' })
  public async allowances(@Root() { value }: BundleInstanceType, @Ctx() context: GraphContext): Promise<SharedAllowanceType[]> {
    const found = await bundleDefinitionLoader(context).load(value.versionId);
    return (found?.definition.allowances ?? []).map((allowance) => new SharedAllowanceType(allowance));
  }

  @FieldResolver(() => ContractPeriodType, {
    nullable: true,
    description: 'For how long it binds 合约期, from the day on which it was opened; null without a contract.',
  })
  public async term(@Root() { value }: BundleInstanceType, @Ctx() context: GraphContext): Promise<ContractPeriodType | null> {
    const found = await bundleDefinitionLoader(context).load(value.versionId);
    const { timeZone } = await operatorParameters(context);
    const term = found == null ? undefined : termOfBundle(value, found.definition, timeZone);
    return term === undefined ? null : new ContractPeriodType(term);
  }

  @Extensions(cost({ listSize: 3, weight: 5 }))
  @FieldResolver(() => [BundleStandingType], {
    description:
      `How it stands from day to day 套餐状态, by what it says of members that leave; at most ${STANDINGS_DAYS_MAX} days, and nothing
    before it is complete for the first time. What is not known to end goes on.`.replace(/\s+/g, ' '),
  })
  public async standings(
    @Root() { value }: BundleInstanceType,
    @Arg('from', () => DateScalar) from: LocalDate,
    @Arg('to', () => DateScalar, { description: 'The first day that is not asked for.' }) to: LocalDate,
    @Ctx() context: GraphContext,
  ): Promise<BundleStandingType[]> {
    const span = { from: dayNumberOf(from), to: dayNumberOf(to) };
    if (span.to <= span.from || span.to - span.from > STANDINGS_DAYS_MAX) {
      throw new Failure('BAD_USER_INPUT', `to must lie after from, by at most ${STANDINGS_DAYS_MAX} days.`, { field: 'to' });
    }
    const { timeZone, currency } = await operatorParameters(context);
    return (await standingsOfBundle(context, value, span, timeZone)).map((standing) => new BundleStandingType(standing, currency));
  }
}

@Resolver(() => BundleMembershipType)
export class BundleMembershipResolver {
  @FieldResolver(() => BundleInstanceType, { nullable: true, description: 'Null when outside scope.' })
  public bundle(@Root() { value, ahead }: BundleMembershipType, @Ctx() context: GraphContext): MaybePromise<BundleInstanceType | null> {
    if (ahead !== undefined) return ahead === null ? null : new BundleInstanceType(ahead.instance, ahead.product);
    return loadBundleInstance(context, value.bundleInstanceId);
  }

  @FieldResolver(() => SubscriberType, { nullable: true, description: 'Null when outside scope.' })
  public async subscriber(@Root() { value }: BundleMembershipType, @Ctx() context: GraphContext): Promise<SubscriberType | null> {
    return loadSubscriber(context, value.subscriberId);
  }

  @FieldResolver(() => OrderType, { nullable: true, description: 'The order by which it joined; null when outside scope.' })
  public async order(@Root() { value }: BundleMembershipType, @Ctx() context: GraphContext): Promise<OrderType | null> {
    return loadOrder(context, value.orderId);
  }
}

@Resolver(() => OrderItemType)
export class OrderItemBundleResolver {
  @FieldResolver(() => BundleInstanceType, {
    nullable: true,
    description: 'The bundle that it opens or names by id; null when outside scope, or not there yet.',
  })
  public async bundle(@Root() { value }: OrderItemType, @Ctx() context: GraphContext): Promise<BundleInstanceType | null> {
    const id = bundleIdIn(value.content);
    return id === undefined ? null : loadBundleInstance(context, id as Id<'bundleInstance'>);
  }
}

function bundleIdIn(content: Json): string | undefined {
  const { bundleInstanceId, bundle } = content as Readonly<Record<string, Json | undefined>>;
  if (typeof bundleInstanceId === 'string') return bundleInstanceId;
  const named = (bundle as Readonly<Record<string, Json | undefined>> | null | undefined)?.['bundleInstanceId'];
  return typeof named === 'string' ? named : undefined;
}

@Resolver(() => SubscriberType)
export class SubscriberBundleResolver {
  @FieldResolver(() => BundleMembershipType, {
    nullable: true,
    description: 'The bundle 融合套餐 that it is in, or was at `validAt`, with its role; a subscriber is in one at most.',
  })
  public bundle(
    @Root() { value, ahead }: SubscriberType,
    @Args(() => FactTimeArgs) time: FactTimeArgs,
    @Ctx() context: GraphContext,
  ): MaybePromise<BundleMembershipType | null> {
    const read = ahead?.holdings.bundle;
    if (read !== undefined) return read === null ? null : new BundleMembershipType(read.membership, read.bundle);
    return when(membershipLoader(context, time).load(value.id), (membership) =>
      membership === undefined ? null : new BundleMembershipType(membership),
    );
  }
}

@Resolver(() => CustomerType)
export class CustomerBundlesResolver {
  @FieldResolver(() => BundleInstanceConnection, { description: 'The bundles 融合套餐 that it holds, or held at `validAt`, oldest first.' })
  public async bundles(
    @Root() { value }: CustomerType,
    @Args(() => PageArgs) page: PageArgs,
    @Args(() => FactTimeArgs) time: FactTimeArgs,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<BundleInstanceType>> {
    const found = await bundlesOfLoader(context, 'customer', time, pageOf(page)).load(value.id);
    return toConnection(BundleInstanceConnection, found, (bundle) => new BundleInstanceType(bundle), idOf);
  }
}

@Resolver(() => AccountType)
export class AccountBundlesResolver {
  @FieldResolver(() => BundleInstanceConnection, {
    description: 'The bundles 融合套餐 that it is charged for, or was at `validAt`, oldest first.',
  })
  public async bundles(
    @Root() { value }: AccountType,
    @Args(() => PageArgs) page: PageArgs,
    @Args(() => FactTimeArgs) time: FactTimeArgs,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<BundleInstanceType>> {
    const found = await bundlesOfLoader(context, 'account', time, pageOf(page)).load(value.id);
    return toConnection(BundleInstanceConnection, found, (bundle) => new BundleInstanceType(bundle), idOf);
  }
}

export async function loadBundleInstance(context: GraphContext, id: Id<'bundleInstance'>): Promise<BundleInstanceType | null> {
  const bundle = await bundleInstanceLoader(context).load(id);
  return bundle === undefined ? null : new BundleInstanceType(bundle);
}
