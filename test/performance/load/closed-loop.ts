import { setTimeout as sleep } from 'node:timers/promises';
import type { Connections } from './connections';
import type { Answer, KeepAliveClient } from './keep-alive-client';
import { LatencyHistogram } from './latency-histogram';
import type { ClosedLoop, LoadResult } from './load-messages';

/** By then all clients have begun. */
const RAMP_SHARE = 0.75;

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

  // Clients begin one after another within the ramp: terminals are not switched on in the same millisecond.
  const runClient = async (client: KeepAliveClient, nth: number): Promise<void> => {
    if (rampSeconds > 0) await sleep((nth / count) * rampSeconds * RAMP_SHARE * 1_000);
    await new Promise<void>((resolve) => {
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
  };

  await Promise.all(clients.map(runClient));
  if (disconnect) connections.close();
  return { requests: latency.count, seconds, bodyBytes, latency: latency.toSparse(), failure };
}
