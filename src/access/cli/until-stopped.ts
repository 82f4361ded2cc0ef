/** Resolves when the program is told to stop: Ctrl-C, SIGTERM, or the end of the process that started this one. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const stop = (): void => {
      // Asked twice: whoever asks does not want to wait.
      if (asked) process.exit(1);
      asked = true;
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    process.once('disconnect', resolve);
  });
}
