import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** The usual deadline of a request. The whole stop is to end in 15 s, before whoever asked for it loses patience and kills. */
const ANSWERED_WITHIN_MS = 10_000;

/** How long the rest of a request may be on its way. */
const RECEIVED_WITHIN_MS = 1_000;

/**
 * Ends, when the listener closes, the connections that nothing is to be answered on. To be called before it listens. Returns
 * whether it is closing: then an answer has to end its connection, which else would hold up the close until the caller lets
 * go of it.
 */
export function endConnectionsOnClose(app: FastifyInstance): () => boolean {
  const connections = new Set<Socket>();
  app.server.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
    setTimeout(() => hangUpOnUnfinished(connections), RECEIVED_WITHIN_MS).unref();
  });
  return () => closing;
}

/** Ends the connections on which no whole request has come: nothing has been done for them. */
function hangUpOnUnfinished(connections: ReadonlySet<Socket>): void {
  for (const socket of connections) {
    // The answer that Node is making on this connection, if any; it is told nowhere else without a cost to each request.
    const { _httpMessage: answer } = socket as { _httpMessage?: ServerResponse | null };
    if (answer?.req.complete !== true) socket.destroy();
  }
}

/**
 * Takes no new request and waits until those under way are answered; those that are not in time are hung up on, and their
 * SQL is cancelled.
 */
export async function closeListener(app: FastifyInstance): Promise<void> {
  const hangingUp = setTimeout(() => app.server.closeAllConnections(), ANSWERED_WITHIN_MS);
  try {
    await app.close();
  } finally {
    clearTimeout(hangingUp);
  }
}
