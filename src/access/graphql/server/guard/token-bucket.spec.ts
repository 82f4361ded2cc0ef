import * as fc from 'fast-check';
import { createInProcessBucket, throttled } from './token-bucket';

const LIMITS = { capacity: 100, restorePerSecond: 10 };

function bucketAt(keysMax?: number) {
  const clock = { ms: 1_000_000 };
  return { clock, bucket: createInProcessBucket(() => clock.ms, keysMax) };
}

describe('the token bucket in process', () => {
  it('begins full, is spent, and is restored with time', () => {
    const { clock, bucket } = bucketAt();
    expect(bucket.take('hall', 60, LIMITS)).toEqual({ allowed: true, available: 40, retryAfterMs: 0 });
    expect(bucket.take('hall', 60, LIMITS)).toEqual({ allowed: false, available: 40, retryAfterMs: 2_000 });
    clock.ms += 1_999;
    expect(bucket.take('hall', 60, LIMITS)).toEqual({ allowed: false, available: 59, retryAfterMs: 1 });
    clock.ms += 1;
    expect(bucket.take('hall', 60, LIMITS)).toEqual({ allowed: true, available: 0, retryAfterMs: 0 });
    clock.ms += 3_600_000;
    expect(bucket.take('hall', 0, LIMITS).available).toBe(100);
  });

  it('keeps clients apart', () => {
    const { bucket } = bucketAt();
    bucket.take('hall', 100, LIMITS);
    expect(bucket.take('hall', 1, LIMITS).allowed).toBe(false);
    expect(bucket.take('partner', 100, LIMITS).allowed).toBe(true);
  });

  it('takes back what was too much, up to its capacity', () => {
    const { bucket } = bucketAt();
    bucket.take('hall', 80, LIMITS);
    bucket.refund('hall', 30, LIMITS);
    expect(bucket.take('hall', 50, LIMITS)).toEqual({ allowed: true, available: 0, retryAfterMs: 0 });
    bucket.refund('hall', 1_000, LIMITS);
    bucket.refund('hall', -50, LIMITS);
    expect(bucket.take('hall', 0, LIMITS).available).toBe(100);
  });

  it('lets a cost above the capacity through when full, and has it paid back', () => {
    const { clock, bucket } = bucketAt();
    expect(bucket.take('hall', 150, LIMITS)).toEqual({ allowed: true, available: 0, retryAfterMs: 0 });
    expect(bucket.take('hall', 1, LIMITS)).toEqual({ allowed: false, available: 0, retryAfterMs: 5_100 });
    clock.ms += 5_100;
    expect(bucket.take('hall', 1, LIMITS).allowed).toBe(true);
  });

  it('follows limits that are changed', () => {
    const { bucket } = bucketAt();
    bucket.take('hall', 10, LIMITS);
    expect(bucket.take('hall', 0, { capacity: 50, restorePerSecond: 10 }).available).toBe(50);
  });

  it('is not moved by a clock that is set back', () => {
    const { clock, bucket } = bucketAt();
    bucket.take('hall', 100, LIMITS);
    clock.ms -= 60_000;
    expect(bucket.take('hall', 1, LIMITS)).toEqual({ allowed: false, available: 0, retryAfterMs: 100 });
    clock.ms += 100;
    expect(bucket.take('hall', 1, LIMITS).allowed).toBe(true);
  });

  it('keeps a bounded number of buckets', () => {
    const { bucket } = bucketAt(2);
    for (const key of ['a', 'b', 'c']) bucket.take(key, 100, LIMITS);
    expect(bucket.take('c', 1, LIMITS).allowed).toBe(false);
    expect(bucket.take('a', 1, LIMITS).allowed).toBe(true);
  });

  it('never lets through more than the capacity and what was restored', () => {
    const steps = fc.array(fc.record({ waitMs: fc.nat(5_000), cost: fc.nat(100) }), { maxLength: 100 });
    fc.assert(
      fc.property(steps, (taken) => {
        const { clock, bucket } = bucketAt();
        const begin = clock.ms;
        let spent = 0;
        for (const { waitMs, cost } of taken) {
          clock.ms += waitMs;
          const { allowed, retryAfterMs } = bucket.take('hall', cost, LIMITS);
          if (allowed) spent += cost;
          expect(spent).toBeLessThanOrEqual(LIMITS.capacity + ((clock.ms - begin) * LIMITS.restorePerSecond) / 1_000 + 1e-6);
          if (allowed) continue;
          clock.ms += retryAfterMs;
          expect(bucket.take('hall', cost, LIMITS).allowed).toBe(true);
          spent += cost;
        }
      }),
    );
  });

  it('says how long to wait', () => {
    expect(throttled({ allowed: false, available: 0, retryAfterMs: 1_500 })).toMatchObject({
      code: 'THROTTLED',
      details: { retryAfterMs: 1_500 },
    });
  });
});
