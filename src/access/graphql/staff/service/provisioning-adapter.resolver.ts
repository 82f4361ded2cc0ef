import { Arg, Ctx, Extensions, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import {
  ADAPTERS_MAX, changeProvisioningAdapter, findProvisioningAdapters, registerProvisioningAdapter,
} from '../../../../business/component/service'; // prettier-ignore
import type { GraphContext } from '../../server/context';
import { given } from '../../server/given';
import { cost } from '../../server/guard/cost-hint';
import { mutate } from '../../server/mutation';
import { ServiceUserError } from './service-user-error';
import { ChangeProvisioningAdapterInputType, RegisterProvisioningAdapterInputType } from './provisioning-adapter.input';
import { ProvisioningAdapterPayload, ProvisioningAdapterType } from './provisioning-adapter.type';
import { adapterLoader } from './service.loader';
import { ServiceTypeType } from './service.type';

@Resolver(() => ProvisioningAdapterType)
export class ProvisioningAdapterResolver {
  @Extensions(cost({ listSize: 10 }))
  @Query(() => [ProvisioningAdapterType], {
    description: `Every provisioning adapter 开通接口 by code, at most ${ADAPTERS_MAX}; none without service:read.`,
  })
  public async provisioningAdapters(@Ctx() context: GraphContext): Promise<ProvisioningAdapterType[]> {
    return (await findProvisioningAdapters(context, null)).map((adapter) => new ProvisioningAdapterType(adapter));
  }

  @Mutation(() => ProvisioningAdapterPayload, {
    description:
      'Registers what provisions services 新增开通接口: a system that is called over HTTP, or people who work off a queue. Needs ' +
      'service:write at the operator’s root, for all lines of business.',
  })
  public async registerProvisioningAdapter(
    @Arg('input', () => RegisterProvisioningAdapterInputType) { idempotencyKey, ...rest }: RegisterProvisioningAdapterInputType,
    @Ctx() context: GraphContext,
  ): Promise<ProvisioningAdapterPayload> {
    const input = { ...rest, http: rest.http ?? null, workQueue: rest.workQueue ?? null };
    return mutate(context, registerProvisioningAdapter, { input, idempotencyKey }, ServiceUserError, payloadOf(context));
  }

  @Mutation(() => ProvisioningAdapterPayload, {
    description:
      'Changes how services are provisioned 变更开通接口; the next call goes by it. Needs service:write at the operator’s root, for all ' +
      'lines of business.',
  })
  public async changeProvisioningAdapter(
    @Arg('input', () => ChangeProvisioningAdapterInputType)
    { idempotencyKey, code, expectedVersion, ...changes }: ChangeProvisioningAdapterInputType,
    @Ctx() context: GraphContext,
  ): Promise<ProvisioningAdapterPayload> {
    const input = { code, expectedVersion, ...given(changes) };
    return mutate(context, changeProvisioningAdapter, { input, idempotencyKey }, ServiceUserError, payloadOf(context));
  }
}

@Resolver(() => ServiceTypeType)
export class ServiceTypeAdapterResolver {
  @FieldResolver(() => ProvisioningAdapterType, {
    nullable: true,
    description: 'What provisions it 开通接口; null: nothing outside Sanhu is to be done, or without service:read.',
  })
  public async provisioningAdapter(
    @Root() { value }: ServiceTypeType,
    @Ctx() context: GraphContext,
  ): Promise<ProvisioningAdapterType | null> {
    return value.provisioningAdapter === null ? null : loadAdapter(context, value.provisioningAdapter);
  }
}

async function loadAdapter(context: GraphContext, code: string): Promise<ProvisioningAdapterType | null> {
  const adapter = await adapterLoader(context).load(code);
  return adapter === undefined ? null : new ProvisioningAdapterType(adapter);
}

function payloadOf(
  context: GraphContext,
): (output: { readonly code: string }) => Promise<{ provisioningAdapter: ProvisioningAdapterType | null }> {
  return async ({ code }) => ({ provisioningAdapter: await loadAdapter(context, code) });
}
