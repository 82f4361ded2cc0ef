import type { FastifyInstance } from 'fastify';

/** The usual deadline of a request. The whole stop is to end in 15 s, before whoever asked for it loses patience and kills. */
const ANSWERED_WITHIN_MS = 10_000;

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
