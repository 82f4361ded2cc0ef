import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { createInProcessBucket } from '../../src/access/graphql/server/guard/token-bucket';
import { makeCoreListener } from '../../src/access/http/core-listener';
import { loggableError } from '../../src/access/http/loggable-error';
import { Metrics } from '../../src/access/http/metrics';
import type { Authentication } from '../../src/business/component/staff';
import { loadConfiguration } from '../../src/config/load-configuration';
import type { Clock } from '../../src/kernel/clock';
import type { TestDatabase } from './database';

export const SIGNING_KEY = 'a signing key of at least 32 characters';

/** Any JSON that an answer may hold. A test says what it expects of it. */
export type Answered = Readonly<Record<string, unknown>>;

export interface GraphqlError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Answered & { readonly code: string };
}

/** An answer as it came, and as JSON where it is JSON. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Answered;
}

export interface GraphqlAnswer extends HttpAnswer {
  readonly data: Answered | null | undefined;
  readonly errors: readonly GraphqlError[];
  /** The codes of its errors. */
  readonly codes: readonly string[];
}

export interface Caller {
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly path?: string;
}

export interface ServedBy {
  readonly clock: Clock;
  readonly authentication: Authentication;
  /** Variables of the environment, as `sanhu config` lists them. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The core's listener as the program wires it, in this process, on a free port. What it logs is kept. */
export class HttpServer {
  public readonly logged: string[] = [];
  private app: FastifyInstance | undefined;

  public constructor(private readonly database: TestDatabase) {}

  public async start({ clock, authentication, environment = {} }: ServedBy): Promise<void> {
    const configuration = loadConfiguration({ DATABASE_URL: this.database.url, SANHU_SIGNING_KEY: SIGNING_KEY, ...environment });
    this.app = await makeCoreListener({
      configuration,
      database: this.database.core,
      clock,
      authentication,
      bucket: createInProcessBucket(),
      metrics: new Metrics({ pools: () => [], replicas: () => [] }),
      log: pino({ level: 'trace', serializers: { err: loggableError } }, { write: (line: string) => void this.logged.push(line) }),
      telemetry: undefined,
      ready: () => Promise.resolve([{ part: 'core database', ready: true }]),
      reportingPort: null,
    });
    await this.app.listen({ host: '127.0.0.1', port: 0 });
  }

  public async stop(): Promise<void> {
    await this.app?.close();
  }

  public get port(): number {
    const address = this.app?.server.address();
    if (typeof address !== 'object' || address === null) throw new Error('the server runs only while tests run');
    return address.port;
  }

  public url(path: string): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  public async request(path: string, init: RequestInit = {}): Promise<HttpAnswer> {
    const response = await fetch(this.url(path), init);
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: readJson(text) };
  }

  public post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<HttpAnswer> {
    return this.request(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
  }

  /** One operation of a contract, the staff's unless another path is named. */
  public async gql({ token, headers = {}, path = '/graphql' }: Caller, query: string, variables?: Answered): Promise<GraphqlAnswer> {
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return graphqlAnswer(await this.post(path, { query, variables }, { 'accept-language': 'en', ...authorization, ...headers }));
  }
}

export function graphqlAnswer(answer: HttpAnswer): GraphqlAnswer {
  const errors = (answer.json['errors'] ?? []) as GraphqlError[];
  const data = answer.json['data'] as Answered | null | undefined;
  return { ...answer, data, errors, codes: errors.map(({ extensions }) => extensions?.code) };
}

function readJson(text: string): Answered {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Answered) : {};
  } catch {
    return {};
  }
}
