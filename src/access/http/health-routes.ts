import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics';

/** Whether a part that the role needs works; the reason is for operations, never a secret. */
export interface Readiness {
  readonly part: string;
  readonly ready: boolean;
  readonly reason?: string;
}

/**
 * `/health/live`: the process answers. `/health/ready`: it can do its role's work, or why not (503). `/metrics`: Prometheus.
 * None asks for credentials and none tells of customers: let only operations reach them from outside (deploy/).
 */
export function serveHealth(
  app: FastifyInstance,
  { ready, metrics, below = '' }: { ready: () => Promise<readonly Readiness[]>; metrics: Metrics; below?: string },
): void {
  app.get(`${below}/health/live`, () => ({ live: true }));
  app.get(`${below}/health/ready`, async (_request, reply) => {
    const parts = await ready();
    const isReady = parts.every((part) => part.ready);
    return reply.status(isReady ? 200 : 503).send({ ready: isReady, parts });
  });
  app.get(`${below}/metrics`, async (_request, reply) => reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()));
}
