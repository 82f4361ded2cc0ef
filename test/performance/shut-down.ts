/** What has been started and must be stopped, the last first: at the end, on failure and on Ctrl-C alike. */
export class ShutDown {
  private readonly steps: (() => Promise<void> | void)[] = [];
  private running: Promise<void> | undefined;

  /** Adds a step; returns a function that takes it now, and only once. */
  public add(step: () => Promise<void> | void): () => Promise<void> {
    let taken: Promise<void> | undefined;
    const once = (): Promise<void> => (taken ??= Promise.resolve().then(step));
    this.steps.push(once);
    return once;
  }

  /** Takes every step, whatever one of them throws. */
  public run(): Promise<void> {
    this.running ??= this.takeAll();
    return this.running;
  }

  private async takeAll(): Promise<void> {
    for (let step = this.steps.pop(); step !== undefined; step = this.steps.pop()) {
      try {
        await step();
      } catch (error) {
        process.stderr.write(`while stopping: ${error instanceof Error ? error.message : String(error)}\n`);
      }
    }
  }
}
