import type { Connections } from './connections';
import type { Answer, KeepAliveClient } from './keep-alive-client';
import { LatencyHistogram } from './latency-histogram';
import type { ClosedLoop, LoadResult } from './load-messages';

/** Runs a closed loop; resolves when every client has its last answer. */
export async function runClosedLoop(
  connections: Connections,
  { clients: count, rampSeconds, seconds, disconnect }: ClosedLoop,
): Promise<LoadResult> {
  const clients = await connections.open(count);
  const latency = new LatencyHistogram();
  let bodyBytes = 0;
  let failure: string | null = null;
  const fromMs = performance.now() + rampSeconds * 1_000;
  const untilMs = fromMs + seconds * 1_000;

  const runClient = (client: KeepAliveClient): Promise<void> =>
    new Promise((resolve) => {
      let sentMs = performance.now();
      const onAnswer = (answer: Answer): void => {
        const nowMs = performance.now();
        if ('failure' in answer) failure ??= answer.failure;
        else if (nowMs >= fromMs && nowMs < untilMs) {
          latency.record((nowMs - sentMs) * 1_000);
          bodyBytes += answer.bodyBytes;
        }
        if (failure !== null || nowMs >= untilMs) {
          resolve();
          return;
        }
        sentMs = nowMs;
        client.send(connections.drawTail(), onAnswer);
      };
      client.send(connections.drawTail(), onAnswer);
    });

  await Promise.all(clients.map(runClient));
  if (disconnect) connections.close();
  return { requests: latency.count, seconds, bodyBytes, latency: latency.toSparse(), failure };
}
