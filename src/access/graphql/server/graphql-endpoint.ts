import { ApolloServer, HeaderMap, type ApolloServerPlugin, type HTTPGraphQLResponse } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema, type ParseOptions, type ValidationRule } from 'graphql';
import { compiledExecution } from './executor';
import { readRequestBody, readRequestSearch } from './guard/malformed-input';
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

export interface EndpointOptions<Context extends object> {
  readonly schema: GraphQLSchema;
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
export class GraphqlEndpoint<Context extends object> {
  private readonly server: ApolloServer<Context>;

  public constructor(private readonly options: EndpointOptions<Context>) {
    this.server = new ApolloServer<Context>({
      gateway: compiledExecution(options.schema),
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
    let known: Pick<EndpointRequest, 'search' | 'body'>;
    try {
      known = await this.withDocument(request, client);
    } catch (error) {
      if (error instanceof GraphQLError) return refusal(error, request);
      throw error;
    }
    const headers = headersOf(request);
    const response = await this.server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: request.method, headers, ...known },
      context: () => Promise.resolve(context),
    });
    return { status: response.status ?? 200, headers: response.headers, body: await wholeBody(response) };
  }

  /** The request with the text of its document in place, as Apollo reads it. */
  private async withDocument(request: EndpointRequest, client: DocumentClient): Promise<Pick<EndpointRequest, 'search' | 'body'>> {
    const { search, body } = request;
    const isGet = request.method === 'GET';
    const parameters = isGet ? readRequestSearch(search) : readRequestBody(body);
    const { documentId, query } = parameters;
    if (documentId === undefined && client.documentMode !== 'require') return { search, body: isGet ? body : { ...parameters } };
    const asked = { mode: client.documentMode, clientCode: client.key, documentId, query, lookup: this.options.lookup };
    const text = await resolveDocument(asked);
    return isGet ? { search: searchWith(search, text), body } : { search, body: { ...parameters, documentId: undefined, query: text } };
  }
}

/** The headers that Apollo reads: for its answer's type, against forged requests (CSRF), and of the body. */
const READ_HEADERS = ['content-type', 'x-apollo-operation-name', 'apollo-require-preflight'];
/** What is answered anyway need not be negotiated: that takes 4 % of a point read. */
const ANSWERED_ANYWAY: ReadonlySet<unknown> = new Set([undefined, '*/*', 'application/json']);

function headersOf({ headers: given }: EndpointRequest): HeaderMap {
  const headers = new HeaderMap();
  for (const name of READ_HEADERS) {
    const value = given[name];
    if (value !== undefined) headers.set(name, String(value));
  }
  if (!ANSWERED_ANYWAY.has(given['accept'])) headers.set('accept', String(given['accept']));
  return headers;
}

function searchWith(search: string, query: string): string {
  const parameters = new URLSearchParams(search);
  parameters.delete('documentId');
  parameters.set('query', query);
  return `?${parameters.toString()}`;
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
