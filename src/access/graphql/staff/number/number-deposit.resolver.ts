import { Ctx, Extensions, FieldResolver, Resolver, Root } from 'type-graphql';
import type { GraphContext } from '../../server/context';
import { cost } from '../../server/guard/cost-hint';
import { loadOrder } from '../order/order.resolver';
import { OrderType } from '../order/order.type';
import { SubscriberType } from '../subscriber/subscriber.type';
import { NumberDepositType } from './number-deposit.type';
import { numberDepositsLoader } from './number.loader';

@Resolver(() => SubscriberType)
export class SubscriberDepositsResolver {
  @Extensions(cost({ listSize: 2 }))
  @FieldResolver(() => [NumberDepositType], {
    description: 'What is and was held for its numbers 靓号押金: what is held first, then the latest given back; at most 20.',
  })
  public async numberDeposits(@Root() { value }: SubscriberType, @Ctx() context: GraphContext): Promise<NumberDepositType[]> {
    return (await numberDepositsLoader(context).load(value.id)).map((deposit) => new NumberDepositType(deposit));
  }
}

@Resolver(() => NumberDepositType)
export class NumberDepositResolver {
  @FieldResolver(() => OrderType, { nullable: true, description: 'The order by which it was paid; null when outside scope.' })
  public async order(@Root() { value }: NumberDepositType, @Ctx() context: GraphContext): Promise<OrderType | null> {
    return loadOrder(context, value.orderId);
  }
  @FieldResolver(() => OrderType, {
    nullable: true,
    description: 'The order that gave it back; null while it is held, and when outside scope.',
  })
  public async returnedBy(@Root() { value }: NumberDepositType, @Ctx() context: GraphContext): Promise<OrderType | null> {
    return value.returnedOrderId === null ? null : loadOrder(context, value.returnedOrderId);
  }
}
