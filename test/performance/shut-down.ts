/** What has been started and must be stopped, the last first: at the end, on failure and on Ctrl-C alike. */
export class ShutDown {
  private readonly steps: (() => Promise<void> | void)[] = [];
  private running: Promise<void> | undefined;

  /**
   * Adds a step.
   * @throws Error when everything is being stopped already; the step has then been taken
   */
  public add(step: () => Promise<void> | void): void {
    if (this.running !== undefined) {
      void step();
      throw new Error('everything is being stopped');
    }
    this.steps.push(step);
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
