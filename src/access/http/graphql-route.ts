import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Canceller, type Cancellation } from '../../kernel/cancellation';
import { Failure } from '../../kernel/failure';
import type { Principal } from '../../business/component/staff';
import type { ContractName } from '../graphql/server/context';
import type { AccountedRequest, GuardedContext, IncomingRequest } from '../graphql/server/incoming-request';
import type { GraphqlEndpoint } from '../graphql/server/graphql-endpoint';
import type { Admission } from './admission';
import { graphiqlPage, PAGE_SECURITY_POLICY } from './graphiql-page';
import type { Metrics } from './metrics';
import type { RequestTrace, Telemetry } from './telemetry';
import { traceIdOf } from './trace-id';

declare module 'fastify' {
  interface FastifyRequest {
    /** When the request had been read, by the process's monotonic clock: its waiting for a place counts. */
    arrivedMs: number;
  }
}

export interface GraphqlRoute<Context extends GuardedContext> {
  readonly path: string;
  readonly contract: ContractName;
  readonly endpoint: GraphqlEndpoint<Context>;
  readonly deadlineMs: number;
  /** Undefined: every request begins at once. */
  readonly admission?: Admission | undefined;
  readonly authenticate: (authorization: string | undefined) => Principal | Promise<Principal>;
  readonly makeContext: (request: IncomingRequest) => Context;
}

export interface RouteServices {
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Undefined: no traces leave. */
  readonly telemetry: Telemetry | undefined;
}

/** Serves one contract over HTTP: authentication, deadline, execution, one log line and one measurement a request. */
export function serveGraphql<Context extends GuardedContext>(
  app: FastifyInstance,
  route: GraphqlRoute<Context>,
  services: RouteServices,
): void {
  if (!app.hasRequestDecorator('arrivedMs')) app.decorateRequest('arrivedMs', 0);
  app.route({
    method: ['GET', 'POST'],
    url: route.path,
    // When the body is there: whoever sends it drop by drop takes nobody's place.
    preHandler: (request, _reply, done) => {
      request.arrivedMs = performance.now();
      if (route.admission === undefined || wantsPage(request)) done();
      else
        route.admission.enter(request.raw, (refused) => {
          if (refused !== undefined) countRefused(route, services, request, refused);
          done(refused);
        });
    },
    handler: async (request, reply) => {
      if (wantsPage(request)) return sendPage(request, reply, route.path);
      try {
        return await answer(request, reply, route, services);
      } finally {
        route.admission?.leave();
      }
    },
  });
}

function wantsPage(request: FastifyRequest): boolean {
  return request.method === 'GET' && request.headers.accept?.includes('text/html') === true && !request.url.includes('query=');
}

function countRefused({ contract }: { contract: string }, { metrics }: RouteServices, request: FastifyRequest, { code }: Failure): void {
  metrics.countRequest(contract, 'error', (performance.now() - request.arrivedMs) / 1_000, 0, 0);
  metrics.countFailure(code);
}

/** Every browser accepts gzip; what does not is told so. */
function sendPage(request: FastifyRequest, reply: FastifyReply, path: string): FastifyReply {
  if (!String(request.headers['accept-encoding']).includes('gzip')) return reply.status(406).send('This page is sent gzipped only.');
  reply
    .header('content-encoding', 'gzip')
    .header('content-security-policy', PAGE_SECURITY_POLICY)
    .header('vary', 'accept, accept-encoding');
  return reply.type('text/html; charset=utf-8').send(graphiqlPage(path));
}

async function answer<Context extends GuardedContext>(
  request: FastifyRequest,
  reply: FastifyReply,
  route: GraphqlRoute<Context>,
  services: RouteServices,
): Promise<string> {
  const { traceparent } = request.headers;
  const trace = services.telemetry?.request(`graphql ${route.contract}`, typeof traceparent === 'string' ? traceparent : undefined);
  const traceId = trace?.traceId ?? traceIdOf(traceparent);
  const deadline = startDeadline(reply.raw, route.deadlineMs);
  try {
    const found = route.authenticate(request.headers.authorization);
    const principal = found instanceof Promise ? await found : found;
    const incoming = {
      headers: request.headers,
      address: addressOf(request),
      traceId,
      principal,
      signal: deadline.signal,
      onStatement: trace?.statement,
    };
    const context = route.makeContext(incoming);
    const search = request.url.indexOf('?');
    const answered = await route.endpoint.answer(
      { method: request.method, search: search < 0 ? '' : request.url.slice(search), headers: request.headers, body: request.body },
      { key: principal.apiClient.id, documentMode: principal.apiClient.documentMode },
      context,
    );
    account(route, services, { context, principal, traceId, trace, status: answered.status, ms: performance.now() - request.arrivedMs });
    for (const [name, value] of answered.headers) reply.header(name, value);
    reply.status(answered.status);
    return answered.body;
  } catch (error) {
    services.metrics.countRequest(route.contract, 'error', (performance.now() - request.arrivedMs) / 1_000, 0, 0);
    trace?.end({}, true);
    return refuse(reply, error, traceId, services.log);
  } finally {
    deadline.stop();
  }
}

/** Fastify walks the list of trusted proxies for every `ip`; without a forwarded address there is none to find. */
function addressOf(request: FastifyRequest): string {
  return request.headers['x-forwarded-for'] === undefined ? (request.socket.remoteAddress ?? '') : request.ip;
}

interface Answered {
  readonly context: AccountedRequest;
  readonly principal: Principal;
  readonly traceId: string;
  readonly trace: RequestTrace | undefined;
  readonly status: number;
  readonly ms: number;
}

/** One measurement, one log line and the end of the span, of a request that GraphQL has answered. */
function account({ contract }: { contract: string }, { metrics, log }: RouteServices, answered: Answered): void {
  const { context, principal, traceId, trace, status, ms } = answered;
  const { outcome, operationName: operation, actualCost: cost } = context.account;
  const sql = context.tally.statements;
  metrics.countRequest(contract, outcome, ms / 1_000, sql, cost);
  log.info({
    traceId, contract, operation, client: principal.apiClient.code, actor: principal.actorId, status, outcome, sql, cost,
    ms: Math.round(ms * 100) / 100,
  }); // prettier-ignore
  trace?.end(
    { 'graphql.operation.name': operation ?? '', 'http.response.status_code': status, 'sanhu.sql': sql, 'sanhu.cost': cost },
    outcome !== 'ok',
  );
}

/** Fires at the deadline, or when the caller hangs up; either way the SQL that runs for the request is cancelled. */
function startDeadline(response: ServerResponse, deadlineMs: number): { signal: Cancellation; stop: () => void } {
  const canceller = new Canceller();
  const timer = setTimeout(() => canceller.abort(), deadlineMs);
  const onClose = (): void => {
    if (!response.writableFinished) canceller.abort();
  };
  response.once('close', onClose);
  return {
    signal: canceller,
    stop: () => {
      clearTimeout(timer);
      response.removeListener('close', onClose);
    },
  };
}

const STATUSES: Partial<Record<Failure['code'], number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  BAD_USER_INPUT: 400,
  THROTTLED: 429,
  DEPENDENCY_UNAVAILABLE: 503,
  REPLICA_BEHIND: 503,
  DEADLINE_EXCEEDED: 504,
};

/** Answers what failed before GraphQL had it, in GraphQL's shape. */
export function refuse(reply: FastifyReply, error: unknown, traceId: string, log: Logger): string {
  const failure = error instanceof Failure ? error : undefined;
  if (failure === undefined) log.error({ traceId, err: error }, 'request failed');
  const status = failure === undefined ? 500 : (STATUSES[failure.code] ?? 400);
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="sanhu"');
  reply.status(status).type('application/json; charset=utf-8');
  const code = failure?.code ?? 'INTERNAL_SERVER_ERROR';
  const message = failure?.message ?? 'Internal server error';
  return JSON.stringify({ errors: [{ message, extensions: { code, traceId, ...failure?.details } }] });
}
