import { Args, Ctx, Extensions, FieldResolver, Resolver, Root } from 'type-graphql';
import type { HeldDiscount } from '../../../../business/component/discount';
import type { Id } from '../../../../kernel/id';
import type { MaybePromise } from '../../../../kernel/maybe-promise';
import type { GraphContext } from '../../server/context';
import { FactTimeArgs } from '../../server/fact-time';
import { cost } from '../../server/guard/cost-hint';
import { loadAccount } from '../account/account.resolver';
import { AccountType } from '../account/account.type';
import { loadOrder } from '../order/order.resolver';
import { OrderType } from '../order/order.type';
import { loadBundleInstance } from '../product/bundle-instance.resolver';
import { BundleInstanceType } from '../product/bundle-instance.type';
import { loadSubscriber } from '../subscriber/subscriber.resolver';
import { SubscriberType } from '../subscriber/subscriber.type';
import { loadDiscount, loadDiscountVersion } from './discount.resolver';
import { DiscountType, DiscountVersionType } from './discount.type';
import {
  discountsOfAccountLoader,
  discountsOfBundleLoader,
  discountsOfSubscriberLoader,
  grantedDiscountLoader,
} from './granted-discount.loader';
import { GrantedDiscountType } from './granted-discount.type';

@Resolver(() => SubscriberType)
export class SubscriberDiscountsResolver {
  @Extensions(cost({ listSize: 3 }))
  @FieldResolver(() => [GrantedDiscountType], {
    description: 'The discounts of its own level that it has 已办优惠, or had at `validAt`, in the order of their grant; at most 50.',
  })
  public discounts(
    @Root() { value, ahead }: SubscriberType,
    @Args(() => FactTimeArgs) time: FactTimeArgs,
    @Ctx() context: GraphContext,
  ): MaybePromise<GrantedDiscountType[]> {
    const read = ahead?.holdings.discounts?.map(({ held, discount }) => new GrantedDiscountType(held, discount));
    return read ?? discountsOfSubscriberLoader(context, time).load(value.id).then(toGrantedDiscounts);
  }
}

@Resolver(() => AccountType)
export class AccountDiscountsResolver {
  @Extensions(cost({ listSize: 3 }))
  @FieldResolver(() => [GrantedDiscountType], {
    description:
      'The discounts of the levels account and bill that it has 已办优惠, or had at `validAt`, in the order of their grant; at most 50.',
  })
  public async discounts(
    @Root() { value }: AccountType,
    @Args(() => FactTimeArgs) time: FactTimeArgs,
    @Ctx() context: GraphContext,
  ): Promise<GrantedDiscountType[]> {
    return toGrantedDiscounts(await discountsOfAccountLoader(context, time).load(value.id));
  }
}

@Resolver(() => BundleInstanceType)
export class BundleDiscountsResolver {
  @Extensions(cost({ listSize: 3 }))
  @FieldResolver(() => [GrantedDiscountType], {
    description: 'The discounts of its own level that it has 已办优惠, or had at `validAt`, in the order of their grant; at most 50.',
  })
  public async discounts(
    @Root() { value }: BundleInstanceType,
    @Args(() => FactTimeArgs) time: FactTimeArgs,
    @Ctx() context: GraphContext,
  ): Promise<GrantedDiscountType[]> {
    return toGrantedDiscounts(await discountsOfBundleLoader(context, time).load(value.bundleInstanceId));
  }
}

@Resolver(() => GrantedDiscountType)
export class GrantedDiscountResolver {
  @FieldResolver(() => SubscriberType, { nullable: true, description: 'Who has it; null for one of a bundle or an account.' })
  public async subscriber(@Root() { value }: GrantedDiscountType, @Ctx() context: GraphContext): Promise<SubscriberType | null> {
    return value.subscriberId === null ? null : loadSubscriber(context, value.subscriberId);
  }

  @FieldResolver(() => BundleInstanceType, { nullable: true, description: 'What has it; null for one of a subscriber or an account.' })
  public async bundle(@Root() { value }: GrantedDiscountType, @Ctx() context: GraphContext): Promise<BundleInstanceType | null> {
    return value.bundleInstanceId === null ? null : loadBundleInstance(context, value.bundleInstanceId);
  }

  @FieldResolver(() => AccountType, { nullable: true, description: 'What has it; null for one of a subscriber or a bundle.' })
  public async account(@Root() { value }: GrantedDiscountType, @Ctx() context: GraphContext): Promise<AccountType | null> {
    return value.accountId === null ? null : loadAccount(context, value.accountId);
  }

  @FieldResolver(() => DiscountType, { nullable: true, description: 'Null when outside scope. Needs catalogue:read.' })
  public discount(@Root() { value, ahead }: GrantedDiscountType, @Ctx() context: GraphContext): MaybePromise<DiscountType | null> {
    if (ahead !== undefined) return ahead === null ? null : new DiscountType(ahead);
    return loadDiscount(context, value.discountId);
  }

  @FieldResolver(() => DiscountVersionType, {
    nullable: true,
    description: 'What was granted; a later version does not change it. Null when outside scope.',
  })
  public async discountVersion(@Root() { value }: GrantedDiscountType, @Ctx() context: GraphContext): Promise<DiscountVersionType | null> {
    return loadDiscountVersion(context, value.versionId);
  }

  @FieldResolver(() => OrderType, { nullable: true, description: 'The order that granted it; null when outside scope.' })
  public async order(@Root() { value }: GrantedDiscountType, @Ctx() context: GraphContext): Promise<OrderType | null> {
    return loadOrder(context, value.orderId);
  }
}

function toGrantedDiscounts(held: readonly HeldDiscount[]): GrantedDiscountType[] {
  return held.map((one) => new GrantedDiscountType(one));
}

export async function loadGrantedDiscount(context: GraphContext, id: Id<'grantedDiscount'>): Promise<GrantedDiscountType | null> {
  const held = await grantedDiscountLoader(context).load(id);
  return held === undefined ? null : new GrantedDiscountType(held);
}
