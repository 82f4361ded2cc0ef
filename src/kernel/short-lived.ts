import { wallClockMs } from './clock';

/**
 * A value that is read seldom and kept for a short time: at most one read at a time, however many ask. A read that was
 * under way when the value was given up on is answered to those who wait for it and not kept.
 */
export class ShortLived<Value> {
  private kept: { readonly value: Value; readonly untilMs: number } | undefined;
  private reading: Promise<Value> | undefined;

  public constructor(private readonly lifeMs: number) {}

  public async get(read: () => Promise<Value>): Promise<Value> {
    if (this.kept !== undefined && wallClockMs() < this.kept.untilMs) return this.kept.value;
    // Who waits for another's read does not share its misfortune, which may be that one's own deadline.
    if (this.reading !== undefined) return this.reading.catch(() => read());
    return (this.reading = this.keep(read()));
  }

  /** Gives up on the value: the next who asks reads it anew. */
  public forget(): void {
    this.kept = undefined;
    this.reading = undefined;
  }

  private keep(promise: Promise<Value>): Promise<Value> {
    const reading = promise.then(
      (value) => {
        if (this.reading === reading) {
          this.kept = { value, untilMs: wallClockMs() + this.lifeMs };
          this.reading = undefined;
        }
        return value;
      },
      (error: unknown) => {
        if (this.reading === reading) this.reading = undefined;
        throw error;
      },
    );
    return reading;
  }
}
