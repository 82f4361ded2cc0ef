import { Arg, Args, Ctx, Extensions, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import {
  changeOperatorParameter, changeOrganisation, closeOrganisation, createOrganisation, listOperatorParameters, moveOrganisation,
  searchOrganisations,
} from '../../../../business/component/organisation'; // prettier-ignore
import { Failure } from '../../../../kernel/failure';
import type { Id } from '../../../../kernel/id';
import type { Json } from '../../../../kernel/stable-json';
import { toConnection, type ConnectionOf } from '../../server/connection';
import type { GraphContext } from '../../server/context';
import { given, searchedBy } from '../../server/given';
import { cost } from '../../server/guard/cost-hint';
import { mutate } from '../../server/mutation';
import { readId, readOptionalId } from '../../server/node-id';
import { PageArgs, pageOf } from '../../server/page-args';
import { AccountType } from '../account/account.type';
import { CustomerType } from '../customer/customer.type';
import { SubscriberType } from '../subscriber/subscriber.type';
import {
  ChangeOperatorParameterInputType, ChangeOrganisationInputType, CloseOrganisationInputType, CreateOrganisationInputType,
  MoveOrganisationInputType, OrganisationFilterType,
} from './organisation.input'; // prettier-ignore
import { organisationLoader, pathLoader } from './organisation.loader';
import {
  OperatorParameterPayload, OperatorParameterType, OrganisationConnection, OrganisationPayload, OrganisationType, OrganisationUserError,
} from './organisation.type'; // prettier-ignore

@Resolver(() => OrganisationType)
export class OrganisationResolver {
  @Query(() => OrganisationType, { nullable: true, description: 'A node in scope; null when there is none.' })
  public async organisation(@Arg('id', () => ID) id: string, @Ctx() context: GraphContext): Promise<OrganisationType | null> {
    return loadOrganisation(context, readId('organisation', id));
  }

  @Query(() => OrganisationConnection, { description: 'Nodes in scope, by code.' })
  public async organisations(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => OrganisationFilterType, { nullable: true }) filter: OrganisationFilterType | null | undefined,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<OrganisationType>> {
    const asked = searchedBy({
      ...filter,
      parentId: readOptionalId('organisation', filter?.parentId, 'filter.parentId'),
      withinId: readOptionalId('organisation', filter?.withinId, 'filter.withinId'),
    });
    const found = await searchOrganisations(context, asked, pageOf(page));
    return toConnection(OrganisationConnection, found, (node) => new OrganisationType(node), (node) => [node.value.code]); // prettier-ignore
  }

  @Extensions(cost({ listSize: 3 }))
  @Query(() => [OperatorParameterType], { description: 'The parameters of the operator. Needs parameter:read.' })
  public async operatorParameters(@Ctx() context: GraphContext): Promise<OperatorParameterType[]> {
    return (await listOperatorParameters(context)).map((parameter) => new OperatorParameterType(parameter));
  }

  @FieldResolver(() => OrganisationType, { nullable: true, description: 'Null for the root, or when outside scope.' })
  public async parent(@Root() { value }: OrganisationType, @Ctx() context: GraphContext): Promise<OrganisationType | null> {
    return value.parentId === null ? null : loadOrganisation(context, value.parentId);
  }

  @FieldResolver(() => OrganisationConnection, { description: 'Right below this node, by code.' })
  public async children(
    @Root() { value }: OrganisationType,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<OrganisationType>> {
    const found = await searchOrganisations(context, { parentId: value.id }, pageOf(page));
    return toConnection(OrganisationConnection, found, (node) => new OrganisationType(node), (node) => [node.value.code]); // prettier-ignore
  }

  @Extensions(cost({ listSize: 6 }))
  @FieldResolver(() => [OrganisationType], { description: 'From the top of the caller’s scope down to this node.' })
  public async path(@Root() { value }: OrganisationType, @Ctx() context: GraphContext): Promise<OrganisationType[]> {
    const path = await pathLoader(context).load(value.id);
    return (path?.nodes ?? []).map((node) => new OrganisationType(node));
  }

  @Mutation(() => OrganisationPayload, { description: 'Makes a node below another 新增组织. Needs organisation:write there.' })
  public async createOrganisation(
    @Arg('input', () => CreateOrganisationInputType) { idempotencyKey, parentId, ...rest }: CreateOrganisationInputType,
    @Ctx() context: GraphContext,
  ): Promise<OrganisationPayload> {
    const input = { ...rest, organisationId: readId('organisation', parentId, 'parentId') };
    return mutate(
      context,
      createOrganisation,
      { input, idempotencyKey, called: { organisationId: 'parentId' } },
      OrganisationUserError,
      payloadOf(context),
    );
  }

  @Mutation(() => OrganisationPayload, { description: 'Changes what a node is 变更组织. Needs organisation:write.' })
  public async changeOrganisation(
    @Arg('input', () => ChangeOrganisationInputType)
    { idempotencyKey, organisationId, expectedVersion, ...changes }: ChangeOrganisationInputType,
    @Ctx() context: GraphContext,
  ): Promise<OrganisationPayload> {
    const { name, kind, ...clearable } = changes;
    const input = {
      ...given({ name, kind }),
      ...clearable,
      expectedVersion,
      organisationId: readId('organisation', organisationId, 'organisationId'),
    };
    return mutate(context, changeOrganisation, { input, idempotencyKey }, OrganisationUserError, payloadOf(context));
  }

  @Mutation(() => OrganisationPayload, {
    description: 'Moves a node, and all below it, to another parent 组织调整. Scopes follow at once. Needs organisation:write at both.',
  })
  public async moveOrganisation(
    @Arg('input', () => MoveOrganisationInputType) { idempotencyKey, organisationId, parentId, expectedVersion }: MoveOrganisationInputType,
    @Ctx() context: GraphContext,
  ): Promise<OrganisationPayload> {
    const input = {
      expectedVersion,
      organisationId: readId('organisation', organisationId, 'organisationId'),
      parentId: readId('organisation', parentId, 'parentId'),
    };
    return mutate(context, moveOrganisation, { input, idempotencyKey }, OrganisationUserError, payloadOf(context));
  }

  @Mutation(() => OrganisationPayload, { description: 'Closes a node that manages nothing any more 撤销组织. Needs organisation:write.' })
  public async closeOrganisation(
    @Arg('input', () => CloseOrganisationInputType) { idempotencyKey, organisationId, expectedVersion }: CloseOrganisationInputType,
    @Ctx() context: GraphContext,
  ): Promise<OrganisationPayload> {
    const input = { expectedVersion, organisationId: readId('organisation', organisationId, 'organisationId') };
    return mutate(context, closeOrganisation, { input, idempotencyKey }, OrganisationUserError, payloadOf(context));
  }

  @Mutation(() => OperatorParameterPayload, { description: 'Changes a parameter of the operator 修改系统参数. Needs parameter:write.' })
  public async changeOperatorParameter(
    @Arg('input', () => ChangeOperatorParameterInputType)
    { idempotencyKey, parameter, value, expectedVersion }: ChangeOperatorParameterInputType,
    @Ctx() context: GraphContext,
  ): Promise<OperatorParameterPayload> {
    const input = { parameter, value: readJson(value), expectedVersion };
    return mutate(context, changeOperatorParameter, { input, idempotencyKey }, OrganisationUserError, async () => {
      const changed = (await listOperatorParameters(context)).find(({ name }) => name === parameter);
      return { parameter: changed === undefined ? null : new OperatorParameterType(changed) };
    });
  }
}

/** The managing node of each party. */
@Resolver(() => CustomerType)
export class CustomerOrganisationResolver {
  @FieldResolver(() => OrganisationType, { nullable: true, description: 'The managing node 管理组织.' })
  public async organisation(@Root() { value }: CustomerType, @Ctx() context: GraphContext): Promise<OrganisationType | null> {
    return loadOrganisation(context, value.organisationId);
  }
}

@Resolver(() => AccountType)
export class AccountOrganisationResolver {
  @FieldResolver(() => OrganisationType, { nullable: true, description: 'The managing node 管理组织.' })
  public async organisation(@Root() { value }: AccountType, @Ctx() context: GraphContext): Promise<OrganisationType | null> {
    return loadOrganisation(context, value.organisationId);
  }
}

@Resolver(() => SubscriberType)
export class SubscriberOrganisationResolver {
  @FieldResolver(() => OrganisationType, { nullable: true, description: 'The managing node 管理组织.' })
  public async organisation(@Root() { value }: SubscriberType, @Ctx() context: GraphContext): Promise<OrganisationType | null> {
    return loadOrganisation(context, value.organisationId);
  }
}

export async function loadOrganisation(context: GraphContext, id: Id<'organisation'>): Promise<OrganisationType | null> {
  const node = await organisationLoader(context).load(id);
  return node === undefined ? null : new OrganisationType(node);
}

function payloadOf(
  context: GraphContext,
): (output: { readonly organisationId: Id<'organisation'> }) => Promise<{ organisation: OrganisationType | null }> {
  return async ({ organisationId }) => ({ organisation: await loadOrganisation(context, organisationId) });
}

function readJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new Failure('BAD_USER_INPUT', 'value must be JSON.', { field: 'value' });
  }
}
