import { setTimeout as sleep } from 'node:timers/promises';
import type { Connections } from './connections';
import type { Answer, KeepAliveClient } from './keep-alive-client';
import { LatencyHistogram } from './latency-histogram';
import type { LoadResult, OpenLoop } from './load-messages';

/** How long the last answers are waited for. */
const DRAIN_MS = 10_000;

/**
 * Runs an open loop. The schedule is looked at every millisecond, the timer's grain; a request that is sent late for that,
 * or for want of a connection, counts from the time at which it should have been.
 */
export async function runOpenLoop(connections: Connections, { clients: count, perSecond, seconds }: OpenLoop): Promise<LoadResult> {
  const free: KeepAliveClient[] = [...(await connections.open(count))];
  const latency = new LatencyHistogram();
  const planned = Math.round(perSecond * seconds);
  const late: number[] = [];
  let arrived = 0;
  let bodyBytes = 0;
  let failure: string | null = null;
  const startMs = performance.now();

  const send = (client: KeepAliveClient, scheduledMs: number): void => {
    client.send(connections.drawTail(), (answer: Answer) => {
      if ('failure' in answer) {
        failure ??= answer.failure;
        return;
      }
      latency.record((performance.now() - scheduledMs) * 1_000);
      bodyBytes += answer.bodyBytes;
      const next = late.shift();
      if (next === undefined) free.push(client);
      else send(client, next);
    });
  };

  while (arrived < planned && failure === null) {
    const due = Math.min(planned, Math.floor(((performance.now() - startMs) / 1_000) * perSecond));
    for (; arrived < due; arrived += 1) {
      const scheduledMs = startMs + (arrived / perSecond) * 1_000;
      // The one that has been free longest: none is idle until the server closes it.
      const client = free.shift();
      if (client === undefined) late.push(scheduledMs);
      else send(client, scheduledMs);
    }
    await sleep(1);
  }
  const ranSeconds = (performance.now() - startMs) / 1_000;
  for (let waitedMs = 0; free.length < count && failure === null && waitedMs < DRAIN_MS; waitedMs += 10) await sleep(10);
  if (failure === null && latency.count < planned) failure = `${planned - latency.count} requests were not answered within ${DRAIN_MS} ms`;
  return { requests: latency.count, seconds: ranSeconds, bodyBytes, latency: latency.toSparse(), failure };
}
