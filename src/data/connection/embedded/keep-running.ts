import { setTimeout as sleep } from 'node:timers/promises';
import { findPostmaster, restartServer, type RunningServer, type ServerDescription } from './server-process';

const LOOK_EVERY_MS = 1_000;
const RETRY_AFTER_MS = 500;
const RETRY_AFTER_MS_MAX = 10_000;

export interface KeepRunningHooks {
  /** It was found dead. */
  readonly onDied: () => void;
  readonly onRestarted: (running: RunningServer) => void;
  /** It could not be started, with the end of its log; it is tried again. */
  readonly onFailed: (error: Error) => void;
}

/**
 * Starts a server again whenever it has died, always on the port that is known to its callers, and for as long as it takes;
 * returns the function that ends this. An adopted server is no child of this process, whose end one would be told of: it is
 * looked for.
 *
 * What ends with it is a restart under way too, once that has failed or is done: stop the server until then.
 */
export function keepRunning(server: ServerDescription, port: number, hooks: KeepRunningHooks): () => Promise<void> {
  const ending = new AbortController();
  const watching = watch(server, port, hooks, ending.signal);
  return () => {
    ending.abort();
    return watching;
  };
}

async function watch(server: ServerDescription, port: number, hooks: KeepRunningHooks, ending: AbortSignal): Promise<void> {
  for (let failures = 0; !ending.aborted;) {
    const pauseMs = failures === 0 ? LOOK_EVERY_MS : Math.min(RETRY_AFTER_MS * 2 ** Math.min(failures - 1, 8), RETRY_AFTER_MS_MAX);
    await sleep(pauseMs, undefined, { signal: ending }).catch(() => undefined);
    if (ending.aborted || (failures === 0 && findPostmaster(server.dataDirectory) !== undefined)) continue;
    if (failures === 0) hooks.onDied();
    try {
      const running = await restartServer(server, port);
      failures = 0;
      if (!ending.aborted) hooks.onRestarted(running);
    } catch (error) {
      failures += 1;
      if (!ending.aborted) hooks.onFailed(error as Error);
    }
  }
}
