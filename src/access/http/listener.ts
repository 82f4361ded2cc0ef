import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { Failure } from '../../kernel/failure';
import { endConnectionsOnClose } from './close-listener';
import { refuse } from './graphql-route';
import { traceIdOf } from './trace-id';

export interface ListenerOptions {
  readonly bodyLimitBytes: number;
  /** Whose X-Forwarded-For is believed: addresses, blocks of them, or `loopback`. */
  readonly trustedProxies: readonly string[];
  readonly log: Logger;
}

/** The HTTP listener, without routes: limits, malformed bodies, unknown paths. */
export function makeListener({ bodyLimitBytes, trustedProxies, log }: ListenerOptions): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: bodyLimitBytes,
    // A caller that sends its request drop by drop is cut off; a file of the largest size may take its time.
    requestTimeout: 900_000,
    http: { headersTimeout: 20_000 },
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    trustProxy: [...trustedProxies],
    genReqId: () => '',
    return503OnClosing: true,
    routerOptions: { maxParamLength: 200 },
  });
  const isClosing = endConnectionsOnClose(app);
  app.addHook('onSend', (_request, reply, payload, done) => {
    reply.header('x-content-type-options', 'nosniff');
    reply.header('cache-control', 'no-store');
    if (isClosing()) reply.header('connection', 'close');
    done(null, payload);
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const traceId = traceIdOf(request.headers.traceparent);
    const status = error.statusCode ?? 500;
    if (status >= 500) return reply.send(refuse(reply, error, traceId, log));
    const answer = refuse(reply, new Failure('BAD_USER_INPUT', clientMessage(status)), traceId, log);
    return reply.status(status).send(answer);
  });
  app.setNotFoundHandler((request, reply) => {
    const answer = refuse(
      reply,
      new Failure('BAD_USER_INPUT', 'There is nothing at this path.'),
      traceIdOf(request.headers.traceparent),
      log,
    );
    return reply.status(404).send(answer);
  });
  return app;
}

function clientMessage(status: number): string {
  switch (status) {
    case 413:
      return 'The request body is too large.';
    case 415:
      return 'The content type must be application/json.';
    default:
      return 'The request body is not valid JSON.';
  }
}
