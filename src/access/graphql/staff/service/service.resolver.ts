import { Ctx, Extensions, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { listServiceTypes, serviceTypeOf } from '../../../../business/component/service';
import type { GraphContext } from '../../server/context';
import { cost } from '../../server/guard/cost-hint';
import { SubscriberType } from '../subscriber/subscriber.type';
import { ServiceTypeType } from './service.type';

@Resolver(() => ServiceTypeType)
export class ServiceTypeResolver {
  @Extensions(cost({ listSize: 10 }))
  @Query(() => [ServiceTypeType], { description: 'Every service type 业务类型 by code, at most 500; none without service:read.' })
  public async serviceTypes(@Ctx() context: GraphContext): Promise<ServiceTypeType[]> {
    return (await listServiceTypes(context)).map((type) => new ServiceTypeType(type));
  }
}

@Resolver(() => SubscriberType)
export class SubscriberServiceTypeResolver {
  @FieldResolver(() => ServiceTypeType, { description: 'The line of business 业务类型.' })
  public async serviceType(@Root() { value }: SubscriberType, @Ctx() context: GraphContext): Promise<ServiceTypeType> {
    return new ServiceTypeType(await serviceTypeOf(context, value.serviceType));
  }
}
