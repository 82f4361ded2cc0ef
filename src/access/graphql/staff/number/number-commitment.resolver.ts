import { Ctx, Extensions, FieldResolver, Resolver, Root } from 'type-graphql';
import type { GraphContext } from '../../server/context';
import { cost } from '../../server/guard/cost-hint';
import { loadOrder } from '../order/order.resolver';
import { OrderType } from '../order/order.type';
import { SubscriberType } from '../subscriber/subscriber.type';
import { NumberCommitmentType } from './number-commitment.type';
import { numberCommitmentsLoader } from './number.loader';

@Resolver(() => SubscriberType)
export class SubscriberCommitmentsResolver {
  @Extensions(cost({ listSize: 2 }))
  @FieldResolver(() => [NumberCommitmentType], {
    description: 'What was undertaken to be spent for its numbers 靓号保底承诺, the latest first; at most 20.',
  })
  public async numberCommitments(@Root() { value }: SubscriberType, @Ctx() context: GraphContext): Promise<NumberCommitmentType[]> {
    return (await numberCommitmentsLoader(context).load(value.id)).map((commitment) => new NumberCommitmentType(commitment));
  }
}

@Resolver(() => NumberCommitmentType)
export class NumberCommitmentResolver {
  @FieldResolver(() => OrderType, { nullable: true, description: 'The order by which it was undertaken; null when outside scope.' })
  public async order(@Root() { value }: NumberCommitmentType, @Ctx() context: GraphContext): Promise<OrderType | null> {
    return loadOrder(context, value.orderId);
  }
}
