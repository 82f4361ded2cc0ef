import type { FastifyInstance } from 'fastify';

/** A second more than the usual deadline of a request, and less than a service manager waits before it kills. */
const ANSWERED_WITHIN_MS = 11_000;

/**
 * Takes no new request and waits until those under way are answered; those that are not in time, as of a caller that does
 * not send the rest of its body, are hung up on, and their SQL is cancelled.
 */
export async function closeListener(app: FastifyInstance): Promise<void> {
  const hangingUp = setTimeout(() => app.server.closeAllConnections(), ANSWERED_WITHIN_MS);
  try {
    await app.close();
  } finally {
    clearTimeout(hangingUp);
  }
}
