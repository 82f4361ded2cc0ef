/** Values below this are counted exactly; above, to one part in half as many: 0.2 %. */
const STEPS = 1_024;
const STEP_BITS = 10;
const SIZE = STEPS * (32 - STEP_BITS);

/** Buckets that hold something, as they travel between processes. */
export type SparseCounts = readonly (readonly [bucket: number, count: number])[];

/** Latencies in whole microseconds (up to an hour), in buckets that grow with the value, as HdrHistogram's do. */
export class LatencyHistogram {
  private readonly counts = new Uint32Array(SIZE);
  private total = 0;

  public static of(parts: readonly SparseCounts[]): LatencyHistogram {
    const histogram = new LatencyHistogram();
    for (const [bucket, count] of parts.flat()) {
      histogram.counts[bucket] = (histogram.counts[bucket] ?? 0) + count;
      histogram.total += count;
    }
    return histogram;
  }

  public get count(): number {
    return this.total;
  }

  public record(microseconds: number): void {
    const bucket = bucketOf(Math.min(Math.max(Math.round(microseconds), 0), 0xffffffff));
    this.counts[bucket] = (this.counts[bucket] ?? 0) + 1;
    this.total += 1;
  }

  /** In milliseconds: the least value that at least this share of all did not exceed; 0 when nothing was recorded. */
  public percentileMs(share: number): number {
    const wanted = Math.max(1, Math.ceil(this.total * share));
    let seen = 0;
    for (let bucket = 0; bucket < SIZE; bucket += 1) {
      seen += this.counts[bucket] ?? 0;
      if (seen >= wanted && this.total > 0) return highestIn(bucket) / 1_000;
    }
    return 0;
  }

  public toSparse(): SparseCounts {
    return [...this.counts.entries()].filter(([, count]) => count > 0);
  }
}

function bucketOf(value: number): number {
  if (value < STEPS) return value;
  const shift = 32 - Math.clz32(value) - STEP_BITS;
  return shift * (STEPS / 2) + (value >>> shift);
}

function highestIn(bucket: number): number {
  if (bucket < STEPS) return bucket;
  const shift = Math.floor((bucket - STEPS / 2) / (STEPS / 2));
  const step = bucket - shift * (STEPS / 2);
  return (step + 1) * 2 ** shift - 1;
}
