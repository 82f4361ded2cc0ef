import { LRUCache } from 'lru-cache';
import { wallClockMs } from '../../../../kernel/clock';
import { Failure } from '../../../../kernel/failure';

/** How much a client may spend: `capacity` at once, `restorePerSecond` in the long run. Both are greater than 0. */
export interface BucketLimits {
  readonly capacity: number;
  readonly restorePerSecond: number;
}

export interface Taken {
  readonly allowed: boolean;
  /** What is left, in whole points. */
  readonly available: number;
  /** How long until the same cost would be allowed; 0 when it was. */
  readonly retryAfterMs: number;
}

/**
 * A token bucket per client. A cost above the capacity is allowed when the bucket is full, and leaves a debt: a client whose
 * limits are set too low becomes slow, never stuck.
 */
export interface TokenBucket {
  /** Takes the cost, or nothing. It answers at once where the buckets are in process: no promise on the hot path. */
  take(key: string, cost: number, limits: BucketLimits): Taken | Promise<Taken>;
  /** Puts back what was taken too much. */
  refund(key: string, amount: number, limits: BucketLimits): void;
}

export interface InProcessBucket extends TokenBucket {
  take(key: string, cost: number, limits: BucketLimits): Taken;
}

/** Buckets kept in one process; the one not used for longest goes first, and would be full by then. */
const KEYS_MAX = 10_000;

/** The longest wait that is ever stated. */
const RETRY_AFTER_MAX_MS = 3_600_000;

interface Level {
  /** In thousandths of a point: with whole limits every sum is exact, and a stated wait is long enough. */
  thousandths: number;
  atMs: number;
}

export function createInProcessBucket(nowMs: () => number = wallClockMs, keysMax = KEYS_MAX): InProcessBucket {
  const levels = new LRUCache<string, Level>({ max: keysMax });

  function restored(key: string, { capacity, restorePerSecond }: BucketLimits): Level {
    const now = nowMs();
    const known = levels.get(key);
    if (known === undefined) {
      const full = { thousandths: capacity * 1_000, atMs: now };
      levels.set(key, full);
      return full;
    }
    // A clock set back restores nothing, and does not take.
    const elapsedMs = Math.max(0, now - known.atMs);
    known.thousandths = Math.min(capacity * 1_000, known.thousandths + elapsedMs * restorePerSecond);
    known.atMs = now;
    return known;
  }

  return {
    take(key, cost, limits) {
      const bucket = restored(key, limits);
      const allowed = bucket.thousandths >= Math.min(cost, limits.capacity) * 1_000;
      if (allowed) bucket.thousandths -= cost * 1_000;
      return toTaken(allowed, bucket.thousandths, cost, limits);
    },
    refund(key, amount, limits) {
      const bucket = restored(key, limits);
      bucket.thousandths = Math.min(limits.capacity * 1_000, bucket.thousandths + Math.max(0, amount) * 1_000);
    },
  };
}

/** What a bucket answers, of its level (in thousandths of a point) after the cost was taken or refused. */
export function toTaken(allowed: boolean, thousandths: number, cost: number, { capacity, restorePerSecond }: BucketLimits): Taken {
  const available = Math.max(0, Math.floor(thousandths / 1_000));
  if (allowed) return { allowed, available, retryAfterMs: 0 };
  const missing = Math.min(cost, capacity) * 1_000 - thousandths;
  return { allowed, available, retryAfterMs: Math.min(RETRY_AFTER_MAX_MS, Math.max(1, Math.ceil(missing / restorePerSecond))) };
}

/** The failure of a client that spends too fast; `QUERY_TOO_COMPLEX` is the other one, which waiting does not help. */
export function throttled({ retryAfterMs }: Taken): Failure {
  return new Failure('THROTTLED', `The client's budget is spent; ask again in ${retryAfterMs} ms.`, { retryAfterMs });
}
