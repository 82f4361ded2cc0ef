import { Arg, Ctx, Extensions, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import {
  changeServiceType,
  listServiceTypes,
  registerServiceType,
  retireServiceType,
  serviceTypeOf,
} from '../../../../business/component/service';
import type { GraphContext } from '../../server/context';
import { given } from '../../server/given';
import { cost } from '../../server/guard/cost-hint';
import { mutate } from '../../server/mutation';
import { SubscriberType } from '../subscriber/subscriber.type';
import { ChangeServiceTypeInputType, RegisterServiceTypeInputType, RetireServiceTypeInputType } from './service.input';
import { ServiceUserError } from './service-user-error';
import { ServiceTypePayload, ServiceTypeType } from './service.type';

@Resolver(() => ServiceTypeType)
export class ServiceTypeResolver {
  @Extensions(cost({ listSize: 10 }))
  @Query(() => [ServiceTypeType], { description: 'Every service type 业务类型 by code, at most 500; none without service:read.' })
  public async serviceTypes(@Ctx() context: GraphContext): Promise<ServiceTypeType[]> {
    return (await listServiceTypes(context)).map((type) => new ServiceTypeType(type));
  }

  @Query(() => ServiceTypeType, {
    nullable: true,
    description: 'A service type 业务类型; null when there is none, or without service:read.',
  })
  public async serviceType(@Arg('code', () => String) code: string, @Ctx() context: GraphContext): Promise<ServiceTypeType | null> {
    return loadServiceType(context, code);
  }

  @Mutation(() => ServiceTypePayload, {
    description:
      'Registers a service type 新增业务类型, a line of business: subscribers of it can be opened at once, and rights for it granted. Needs ' +
      'service:write at the operator’s root, for this line of business or for all of them.',
  })
  public async registerServiceType(
    @Arg('input', () => RegisterServiceTypeInputType) { idempotencyKey, ...rest }: RegisterServiceTypeInputType,
    @Ctx() context: GraphContext,
  ): Promise<ServiceTypePayload> {
    const { characteristics, provisioningAdapter, portable, ...fields } = rest;
    const given = { characteristics: characteristics ?? {}, provisioningAdapter: provisioningAdapter ?? null, portable: portable ?? false };
    const input = { ...fields, ...given };
    return mutate(context, registerServiceType, { input, idempotencyKey }, ServiceUserError, payloadOf(context));
  }

  @Mutation(() => ServiceTypePayload, {
    description:
      'Changes a service type 变更业务类型. Subscribers that there are keep what they have, and are held to what is new when it changes. Needs ' +
      'service:write at the operator’s root, for this line of business or for all of them.',
  })
  public async changeServiceType(
    @Arg('input', () => ChangeServiceTypeInputType)
    { idempotencyKey, code, expectedVersion, provisioningAdapter, ...changes }: ChangeServiceTypeInputType,
    @Ctx() context: GraphContext,
  ): Promise<ServiceTypePayload> {
    const clearable = provisioningAdapter === undefined ? {} : { provisioningAdapter };
    const input = { code, expectedVersion, ...given(changes), ...clearable };
    return mutate(context, changeServiceType, { input, idempotencyKey }, ServiceUserError, payloadOf(context));
  }

  @Mutation(() => ServiceTypePayload, {
    description:
      'Retires a service type 停用业务类型, for good: no subscriber of it is opened any more, those that there are go on. Needs service:write ' +
      'at the operator’s root, for this line of business or for all of them.',
  })
  public async retireServiceType(
    @Arg('input', () => RetireServiceTypeInputType) { idempotencyKey, ...input }: RetireServiceTypeInputType,
    @Ctx() context: GraphContext,
  ): Promise<ServiceTypePayload> {
    return mutate(context, retireServiceType, { input, idempotencyKey }, ServiceUserError, payloadOf(context));
  }
}

@Resolver(() => SubscriberType)
export class SubscriberServiceTypeResolver {
  @FieldResolver(() => ServiceTypeType, { description: 'The line of business 业务类型.' })
  public async serviceType(@Root() { value }: SubscriberType, @Ctx() context: GraphContext): Promise<ServiceTypeType> {
    return new ServiceTypeType(await serviceTypeOf(context, value.serviceType));
  }
}

async function loadServiceType(context: GraphContext, code: string): Promise<ServiceTypeType | null> {
  const type = (await listServiceTypes(context)).find((one) => one.code === code);
  return type === undefined ? null : new ServiceTypeType(type);
}

function payloadOf(context: GraphContext): (output: { readonly code: string }) => Promise<{ serviceType: ServiceTypeType | null }> {
  return async ({ code }) => ({ serviceType: await loadServiceType(context, code) });
}
