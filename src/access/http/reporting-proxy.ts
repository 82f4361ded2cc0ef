import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Failure } from '../../kernel/failure';
import { refuse } from './graphql-route';
import { traceIdOf } from './trace-id';

export interface ReportingProxyOptions {
  readonly paths: readonly string[];
  /** Where the reporting role listens on this machine; undefined while it is starting again. */
  readonly port: () => number | undefined;
  readonly deadlineMs: number;
  readonly log: Logger;
}

/** Headers that belong to one connection and are not passed on (RFC 9110 §7.6.1). */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'proxy-authenticate',
  'proxy-authorization',
];

/**
 * Passes reporting requests on to the reporting role, which is a process of its own: what a large report costs in CPU is
 * never taken from the event loop of the counters.
 */
export function serveReportingProxy(app: FastifyInstance, options: ReportingProxyOptions): void {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  app.addHook('onClose', () => agent.destroy());
  app.register((scope, _options, done) => {
    // The body is passed on as it came.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body));
    for (const url of options.paths) {
      scope.route({ method: ['GET', 'POST'], url, handler: (request, reply) => pass(request, reply, agent, options) });
    }
    done();
  });
}

async function pass(
  request: FastifyRequest,
  reply: FastifyReply,
  agent: Agent,
  { port, deadlineMs, log }: ReportingProxyOptions,
): Promise<unknown> {
  try {
    const answer = await forward(request, reply, agent, port(), deadlineMs);
    for (const [name, value] of Object.entries(answer.headers)) {
      if (value !== undefined && !HOP_BY_HOP.includes(name)) reply.header(name, value);
    }
    return await reply.status(answer.statusCode ?? 502).send(answer);
  } catch (error) {
    const failure = new Failure('DEPENDENCY_UNAVAILABLE', 'Reporting is not available.', { retryAfterMs: 1_000 }, { cause: error });
    return refuse(reply, failure, traceIdOf(request.headers.traceparent), log);
  }
}

function forward(
  request: FastifyRequest,
  reply: FastifyReply,
  agent: Agent,
  port: number | undefined,
  timeout: number,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    if (port === undefined) {
      reject(new Error('the reporting role is not running'));
      return;
    }
    const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !HOP_BY_HOP.includes(name)));
    const body = Buffer.isBuffer(request.body) ? request.body : undefined;
    const passed = httpRequest(
      {
        host: '127.0.0.1',
        port,
        agent,
        timeout,
        method: request.method,
        path: request.url,
        headers: { ...headers, 'x-forwarded-for': request.ip },
      },
      resolve,
    );
    passed.on('error', reject);
    passed.on('timeout', () => passed.destroy(new Error('the reporting role did not answer in time')));
    // A caller that hangs up ends the report too.
    reply.raw.once('close', () => passed.destroy());
    passed.end(body);
  });
}
