import { Args, Ctx, Extensions, FieldResolver, Resolver, Root } from 'type-graphql';
import { SHOWN_CHANGES_MAX, type HeldProduct } from '../../../../business/component/product';
import type { NamedProduct } from '../../../../business/view/counter';
import type { Id } from '../../../../kernel/id';
import type { MaybePromise } from '../../../../kernel/maybe-promise';
import type { GraphContext } from '../../server/context';
import { FactTimeArgs } from '../../server/fact-time';
import { cost } from '../../server/guard/cost-hint';
import { loadOrder } from '../order/order.resolver';
import { OrderType } from '../order/order.type';
import { loadSubscriber } from '../subscriber/subscriber.resolver';
import { SubscriberType } from '../subscriber/subscriber.type';
import {
  effectKey,
  effectLoader,
  heldProductsLoader,
  instanceHistoryLoader,
  plannedProductsLoader,
  productInstanceLoader,
} from './product-instance.loader';
import { ProductInstanceType } from './product-instance.type';
import { loadProduct, loadProductVersion } from './product.resolver';
import { ProductType, ProductVersionType } from './product.type';

@Resolver(() => SubscriberType)
export class SubscriberProductsResolver {
  @Extensions(cost({ listSize: 5 }))
  @FieldResolver(() => [ProductInstanceType], {
    description: 'What it holds 用户产品, or held at `validAt`: the plan first, then what is added to it; at most 100.',
  })
  public products(
    @Root() { value, ahead }: SubscriberType,
    @Args(() => FactTimeArgs) time: FactTimeArgs,
    @Ctx() context: GraphContext,
  ): MaybePromise<ProductInstanceType[]> {
    return ahead?.holdings.products?.map(toProductInstance) ?? heldProductsLoader(context, time).load(value.id).then(toProductInstances);
  }

  @Extensions(cost({ listSize: 1 }))
  @FieldResolver(() => [ProductInstanceType], {
    description:
      'What it is to hold later 预约, as a plan of the next period, or was to hold after `validAt`: in the order of time; at most 100.',
  })
  public plannedProducts(
    @Root() { value, ahead }: SubscriberType,
    @Args(() => FactTimeArgs) time: FactTimeArgs,
    @Ctx() context: GraphContext,
  ): MaybePromise<ProductInstanceType[]> {
    const read = ahead?.holdings.plannedProducts?.map(toProductInstance);
    return read ?? plannedProductsLoader(context, time).load(value.id).then(toProductInstances);
  }
}

function toProductInstance({ held, product }: NamedProduct): ProductInstanceType {
  return new ProductInstanceType(held, product);
}

function toProductInstances(held: readonly HeldProduct[]): ProductInstanceType[] {
  return held.map((one) => new ProductInstanceType(one));
}

@Resolver(() => ProductInstanceType)
export class ProductInstanceResolver {
  @FieldResolver(() => SubscriberType, { nullable: true, description: 'Who holds it.' })
  public async subscriber(@Root() { value }: ProductInstanceType, @Ctx() context: GraphContext): Promise<SubscriberType | null> {
    return loadSubscriber(context, value.subscriberId);
  }

  @FieldResolver(() => ProductType, { nullable: true, description: 'Null when outside scope. Needs catalogue:read.' })
  public product(@Root() { value, ahead }: ProductInstanceType, @Ctx() context: GraphContext): MaybePromise<ProductType | null> {
    if (ahead !== undefined) return ahead === null ? null : new ProductType(ahead);
    return loadProduct(context, value.productId);
  }

  @FieldResolver(() => ProductVersionType, {
    nullable: true,
    description: 'What it was sold as; a later version does not change it. Null when outside scope.',
  })
  public async productVersion(@Root() { value }: ProductInstanceType, @Ctx() context: GraphContext): Promise<ProductVersionType | null> {
    return loadProductVersion(context, value.versionId);
  }

  @FieldResolver(() => OrderType, { nullable: true, description: 'The order that made it what it is; null when outside scope.' })
  public async order(@Root() { value }: ProductInstanceType, @Ctx() context: GraphContext): Promise<OrderType | null> {
    return loadOrder(context, value.orderId);
  }

  @FieldResolver(() => OrderType, {
    nullable: true,
    description: 'The order that ended it, made it something else, or is to; null when none has, or it lies outside scope.',
  })
  public async endedBy(@Root() { value }: ProductInstanceType, @Ctx() context: GraphContext): Promise<OrderType | null> {
    if (value.validTo === null) return null;
    const effect = await effectLoader(context).load(effectKey({ subscriberId: value.subscriberId, at: value.validTo }));
    return effect === undefined ? null : loadOrder(context, effect.orderId);
  }

  @Extensions(cost({ listSize: 3 }))
  @FieldResolver(() => [ProductInstanceType], {
    description: `What it was, is and is to be, each by its order, as it is known now: the last first; at most ${SHOWN_CHANGES_MAX}.`,
  })
  public async history(@Root() { value }: ProductInstanceType, @Ctx() context: GraphContext): Promise<ProductInstanceType[]> {
    return toProductInstances(await instanceHistoryLoader(context).load(value.instanceId));
  }
}

export async function loadProductInstance(context: GraphContext, id: Id<'productInstance'>): Promise<ProductInstanceType | null> {
  const held = await productInstanceLoader(context).load(id);
  return held === undefined ? null : new ProductInstanceType(held);
}
