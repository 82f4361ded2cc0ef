import { ApolloServer, HeaderMap, type ApolloServerPlugin, type HTTPGraphQLResponse } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema, type ParseOptions, type ValidationRule } from 'graphql';
import { CompiledExecution } from './executor';
import { answerExtensions } from './guard-plugin';
import type { GuardedContext } from './incoming-request';
import type { OperationCharge } from './guard/charge';
import { readRequestBody, readRequestSearch, type RequestParameters } from './guard/malformed-input';
import { resolveDocument, type DocumentLookup, type TrustedDocumentsMode } from './guard/trusted-documents';

/** One HTTP request to a contract, whatever listener it came through. */
export interface EndpointRequest {
  readonly method: string;
  /** What follows the `?`, with it; empty when there is none. */
  readonly search: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

export interface EndpointAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

export interface EndpointOptions<Context extends GuardedContext> {
  readonly schema: GraphQLSchema;
  readonly charges: OperationCharge;
  readonly plugins: readonly ApolloServerPlugin<Context>[];
  readonly validationRules: readonly ValidationRule[];
  readonly production: boolean;
  readonly parseOptions: ParseOptions;
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  readonly lookup: DocumentLookup;
}

/** By whom, and how, documents are sent. */
export interface DocumentClient {
  /** Under which its documents are registered. */
  readonly key: string;
  readonly documentMode: TrustedDocumentsMode;
}

/** One published contract behind Apollo Server, executed by compiled queries. */
export class GraphqlEndpoint<Context extends GuardedContext> {
  private readonly server: ApolloServer<Context>;
  private readonly execution: CompiledExecution;

  public constructor(private readonly options: EndpointOptions<Context>) {
    this.execution = new CompiledExecution(options.schema);
    this.server = new ApolloServer<Context>({
      gateway: this.execution.gateway(),
      // Who may introspect is a matter of role, asked per request by a plugin.
      introspection: true,
      csrfPrevention: true,
      allowBatchedHttpRequests: false,
      persistedQueries: false,
      hideSchemaDetailsFromClientErrors: options.production,
      includeStacktraceInErrorResponses: false,
      stopOnTerminationSignals: false,
      validationRules: [...options.validationRules],
      parseOptions: options.parseOptions,
      formatError: options.formatError,
      // The cache-control plugin wraps every field and doubles the time of a large answer.
      plugins: [ApolloServerPluginCacheControlDisabled(), ...options.plugins],
    });
  }

  public start(): Promise<void> {
    return this.server.start();
  }

  public stop(): Promise<void> {
    return this.server.stop();
  }

  public async answer(request: EndpointRequest, client: DocumentClient, context: Context): Promise<EndpointAnswer> {
    let parameters: RequestParameters;
    try {
      const given = request.method === 'GET' ? readRequestSearch(request.search) : readRequestBody(request.body);
      parameters = given.documentId === undefined && client.documentMode !== 'require' ? given : await this.withText(given, client);
    } catch (error) {
      if (error instanceof GraphQLError) return refusal(error, request);
      throw error;
    }
    return (await this.answerReady(request, parameters, context)) ?? this.answerByApollo(request, parameters, context);
  }

  /** The parameters with the text of the registered document that was asked for. */
  private async withText({ documentId, ...parameters }: RequestParameters, client: DocumentClient): Promise<RequestParameters> {
    const asked = {
      mode: client.documentMode,
      clientCode: client.key,
      documentId,
      query: parameters.query,
      lookup: this.options.lookup,
    };
    return { ...parameters, query: await resolveDocument(asked) };
  }

  /**
   * Answers an operation whose text Apollo has let through before, and which is compiled: a point read takes half the time.
   * Whatever Apollo may say something about is left to it (undefined): another method or type of content, extensions, a
   * refusal by the guards, errors in what was executed.
   */
  private async answerReady(
    request: EndpointRequest,
    parameters: RequestParameters,
    context: Context,
  ): Promise<EndpointAnswer | undefined> {
    const { query, operationName, variables, extensions } = parameters;
    const headers = readyHeadersFor(request);
    if (headers === undefined || query === undefined || extensions !== undefined) return undefined;
    const ready = this.execution.readyFor(query, operationName);
    if (ready === undefined) return undefined;
    const { charges } = this.options;
    const { account } = context;
    try {
      const charge = charges.take({ document: ready.document, operationName: ready.operationName, variables }, context);
      account.charge = charge instanceof Promise ? await charge : charge;
    } catch {
      // Nothing was taken. Apollo asks the guards again, and puts their refusal in form.
      return undefined;
    }
    account.operationName = ready.operationName;
    const result = await ready.run(context, variables);
    if (result.errors !== undefined) {
      account.executed = result;
      return undefined;
    }
    const told = answerExtensions(charges, account.charge, result.data, context);
    return { status: 200, headers, body: `${JSON.stringify({ data: result.data, extensions: told })}\n` };
  }

  private async answerByApollo(request: EndpointRequest, parameters: RequestParameters, context: Context): Promise<EndpointAnswer> {
    const { method, search, body } = request;
    const known = method === 'GET' ? { search: searchWith(search, parameters), body } : { search, body: { ...parameters } };
    const response = await this.server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method, headers: headersOf(request), ...known },
      context: () => Promise.resolve(context),
    });
    return { status: response.status ?? 200, headers: response.headers, body: await wholeBody(response) };
  }
}

const READY_JSON = new Map([['content-type', 'application/json; charset=utf-8']]);
const READY_GRAPHQL = new Map([['content-type', 'application/graphql-response+json; charset=utf-8']]);
const READY_CONTENT: ReadonlySet<unknown> = new Set([
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=utf-8',
]);
/** By what the caller accepts, as the clients of the day send it. */
const READY_HEADERS = new Map<unknown, ReadonlyMap<string, string>>([
  [undefined, READY_JSON],
  ['*/*', READY_JSON],
  ['application/json', READY_JSON],
  ['application/graphql-response+json', READY_GRAPHQL],
  ['application/graphql-response+json,application/json;q=0.9', READY_GRAPHQL],
]);

/** The headers of an answer without errors; undefined where they, or the request, need Apollo's judgement. */
function readyHeadersFor({ method, headers }: EndpointRequest): ReadonlyMap<string, string> | undefined {
  return method === 'POST' && READY_CONTENT.has(headers['content-type']) ? READY_HEADERS.get(headers['accept']) : undefined;
}

/** The headers that Apollo reads: for its answer's type, against forged requests (CSRF), and of the body. */
const READ_HEADERS = ['accept', 'content-type', 'x-apollo-operation-name', 'apollo-require-preflight'];

function headersOf({ headers: given }: EndpointRequest): HeaderMap {
  const headers = new HeaderMap();
  for (const name of READ_HEADERS) {
    const value = given[name];
    if (value !== undefined) headers.set(name, String(value));
  }
  return headers;
}

/** What follows the `?`, with the text of a registered document in the place of its id. */
function searchWith(search: string, { query = '' }: RequestParameters): string {
  const given = new URLSearchParams(search);
  if (!given.has('documentId')) return search;
  given.delete('documentId');
  given.set('query', query);
  return `?${given.toString()}`;
}

/** Answers a request that holds no operation which could be executed. */
function refusal(error: GraphQLError, { headers }: EndpointRequest): EndpointAnswer {
  const { http, ...extensions } = error.extensions as unknown as { http?: { status?: number; headers?: Map<string, string> } };
  const type = String(headers['accept']).includes('application/graphql-response+json')
    ? 'application/graphql-response+json'
    : 'application/json';
  return {
    status: http?.status ?? 400,
    headers: new Map([...(http?.headers ?? []), ['content-type', `${type}; charset=utf-8`]]),
    body: JSON.stringify({ errors: [{ message: error.message, extensions }] }),
  };
}

async function wholeBody(response: HTTPGraphQLResponse): Promise<string> {
  if (response.body.kind === 'complete') return response.body.string;
  let body = '';
  for await (const chunk of response.body.asyncIterator) body += chunk;
  return body;
}
