/** Why a start was given up: the program was told to stop. */
export class StoppedError extends Error {
  public constructor() {
    super('told to stop');
    this.name = 'StoppedError';
  }
}

/** One Ctrl-C can arrive twice, from the terminal and from npm. */
const SAME_ASKING_MS = 1_000;

/**
 * Fires when the program is told to stop: Ctrl-C, SIGTERM, its terminal closed, or the end of the process that started it. Ask for it
 * before anything is started: until then a signal ends the program on the spot, and what it started stays behind. Who asks
 * again later does not want to wait: the program ends at once.
 */
export function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  let askedAtMs = Infinity;
  const stop = (): void => {
    if (performance.now() - askedAtMs > SAME_ASKING_MS) process.exit(1);
    askedAtMs = Math.min(askedAtMs, performance.now());
    stopping.abort(new StoppedError());
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  process.once('disconnect', stop);
  // Listening for that end must not keep a process that is done.
  process.channel?.unref();
  // The other process may have ended while this one was loading.
  if (process.send !== undefined && !process.connected) stop();
  return stopping.signal;
}

/** Resolves when the signal fires. */
export function untilStopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
