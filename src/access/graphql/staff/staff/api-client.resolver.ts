import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import {
  changeApiClient, createApiClient, listApiClients, registerTrustedDocuments, rotateClientSecret,
  type ApiClientWithSeed,
} from '../../../../business/component/staff'; // prettier-ignore
import type { Id } from '../../../../kernel/id';
import { toConnection, type ConnectionOf } from '../../server/connection';
import type { GraphContext } from '../../server/context';
import { given } from '../../server/given';
import { mutate } from '../../server/mutation';
import { readId, readOptionalId } from '../../server/node-id';
import { PageArgs, pageOf } from '../../server/page-args';
import { loadOrganisation } from '../organisation/organisation.resolver';
import { OrganisationType } from '../organisation/organisation.type';
import {
  ChangeApiClientInputType,
  CreateApiClientInputType,
  RegisterTrustedDocumentsInputType,
  RotateClientSecretInputType,
} from './api-client.input';
import {
  ApiClientConnection, ApiClientPayload, ApiClientSecretPayload, ApiClientType, RegisterTrustedDocumentsPayload,
} from './api-client.type'; // prettier-ignore
import { apiClientLoader } from './staff.loader';
import { StaffUserError } from './staff.type';

@Resolver(() => ApiClientType)
export class ApiClientResolver {
  @Query(() => ApiClientType, {
    nullable: true,
    description: 'An application 接入应用 in scope; null when there is none. Needs client:read.',
  })
  public async apiClient(@Arg('id', () => ID) id: string, @Ctx() context: GraphContext): Promise<ApiClientType | null> {
    return loadApiClient(context, readId('apiClient', id));
  }

  @Query(() => ApiClientConnection, { description: 'Applications 接入应用 in scope, by code. Needs client:read.' })
  public async apiClients(@Args(() => PageArgs) page: PageArgs, @Ctx() context: GraphContext): Promise<ConnectionOf<ApiClientType>> {
    const found = await listApiClients(context, pageOf(page));
    return toConnection(ApiClientConnection, found, (client) => new ApiClientType(client), (client) => [client.value.code]); // prettier-ignore
  }

  @FieldResolver(() => OrganisationType, {
    nullable: true,
    description: 'Where a partner’s customers are managed; null for an application of the staff, or when outside scope.',
  })
  public async organisation(@Root() { value }: ApiClientType, @Ctx() context: GraphContext): Promise<OrganisationType | null> {
    return value.organisationId === null ? null : loadOrganisation(context, value.organisationId);
  }

  @Mutation(() => ApiClientSecretPayload, {
    description:
      'Registers an application that calls 登记接入应用. Needs client:write at the partner’s node, or for an application of the staff ' +
      'at the root.',
  })
  public async createApiClient(
    @Arg('input', () => CreateApiClientInputType) { idempotencyKey, organisationId, ...rest }: CreateApiClientInputType,
    @Ctx() context: GraphContext,
  ): Promise<ApiClientSecretPayload> {
    const input = {
      ...rest,
      organisationId: readOptionalId('organisation', organisationId, 'organisationId') ?? null,
      secret: context.credentials.draftClientSecret(),
    };
    return mutate(context, createApiClient, { input, idempotencyKey }, StaffUserError, secretPayloadOf(context));
  }

  @Mutation(() => ApiClientPayload, { description: 'Changes an application’s name, limits or status 维护接入应用. Needs client:write.' })
  public async changeApiClient(
    @Arg('input', () => ChangeApiClientInputType) { idempotencyKey, apiClientId, expectedVersion, ...changes }: ChangeApiClientInputType,
    @Ctx() context: GraphContext,
  ): Promise<ApiClientPayload> {
    const input = { ...given(changes), ...ofClient(apiClientId), expectedVersion };
    return mutate(context, changeApiClient, { input, idempotencyKey }, StaffUserError, async ({ apiClientId: id }) => ({
      apiClient: await loadApiClient(context, id),
    }));
  }

  @Mutation(() => ApiClientSecretPayload, {
    description:
      'Gives a partner’s application a new secret 更换密钥; the old one, and every token got by it, is good no more. Needs client:write.',
  })
  public async rotateClientSecret(
    @Arg('input', () => RotateClientSecretInputType) { idempotencyKey, apiClientId, expectedVersion }: RotateClientSecretInputType,
    @Ctx() context: GraphContext,
  ): Promise<ApiClientSecretPayload> {
    const input = { ...ofClient(apiClientId), expectedVersion, secret: context.credentials.draftClientSecret() };
    return mutate(context, rotateClientSecret, { input, idempotencyKey }, StaffUserError, secretPayloadOf(context));
  }

  @Mutation(() => RegisterTrustedDocumentsPayload, {
    description: 'Adds to the operations that an application was built with 登记可信文档; none is ever taken away. Needs client:write.',
  })
  public async registerTrustedDocuments(
    @Arg('input', () => RegisterTrustedDocumentsInputType) { idempotencyKey, apiClientId, documents }: RegisterTrustedDocumentsInputType,
    @Ctx() context: GraphContext,
  ): Promise<RegisterTrustedDocumentsPayload> {
    const input = { ...ofClient(apiClientId), documents };
    return mutate(
      context,
      registerTrustedDocuments,
      { input, idempotencyKey },
      StaffUserError,
      async ({ apiClientId: id, documentCount }) => ({
        apiClient: await loadApiClient(context, id),
        documentCount,
      }),
    );
  }
}

export async function loadApiClient(context: GraphContext, id: Id<'apiClient'>): Promise<ApiClientType | null> {
  const client = await apiClientLoader(context).load(id);
  return client === undefined ? null : new ApiClientType(client);
}

function ofClient(apiClientId: string): { readonly apiClientId: Id<'apiClient'> } {
  return { apiClientId: readId('apiClient', apiClientId, 'apiClientId') };
}

function secretPayloadOf(
  context: GraphContext,
): (output: ApiClientWithSeed) => Promise<{ apiClient: ApiClientType | null; secret: string | null }> {
  return async ({ apiClientId, secretSeed }) => ({
    apiClient: await loadApiClient(context, apiClientId),
    secret: secretSeed === null ? null : context.credentials.revealClientSecret(secretSeed),
  });
}
