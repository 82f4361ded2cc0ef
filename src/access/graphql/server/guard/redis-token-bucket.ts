import { Redis } from 'ioredis';
import { wallClockMs } from '../../../../kernel/clock';
import { toTaken, type BucketLimits, type TokenBucket } from './token-bucket';

export interface RedisBucketOptions {
  readonly url: string;
  /** Takes over while Redis is away. */
  readonly fallback: TokenBucket;
  /** Told once when Redis goes, and once when it is back. */
  readonly onAway: (error: unknown) => void;
  readonly onBack: () => void;
  readonly keyPrefix?: string;
}

/** A limit is not worth waiting for. */
const COMMAND_TIMEOUT_MS = 250;
/** How often one request tries whether a Redis that failed answers again. */
const PROBE_EVERY_MS = 1_000;
const RECONNECT_AFTER_MAX_MS = 2_000;

/**
 * Restores, then takes (or, for a negative cost, gives back): one step, by Redis' clock, so that instances with clocks of
 * their own share one bucket. The key goes when the bucket would be full again, since a missing bucket is a full one.
 */
const TAKE = `
local full, rate, cost = tonumber(ARGV[1]) * 1000, tonumber(ARGV[2]), tonumber(ARGV[3]) * 1000
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local kept = redis.call('HMGET', KEYS[1], 'thousandths', 'at')
local level, at = tonumber(kept[1]) or full, tonumber(kept[2]) or now
level = math.min(full, level + math.max(0, now - at) * rate)
local allowed = level >= math.min(cost, full)
if allowed then level = math.min(full, level - cost) end
redis.call('HSET', KEYS[1], 'thousandths', string.format('%.3f', level), 'at', string.format('%.0f', now))
redis.call('PEXPIRE', KEYS[1], string.format('%.0f', math.min(86400000, math.ceil((full - level) / rate) + 1000)))
return { allowed and 1 or 0, string.format('%.3f', level) }`;

interface WithTake {
  sanhuTake(key: string, capacity: number, restorePerSecond: number, cost: number): Promise<[allowed: 0 | 1, thousandths: string]>;
}

/**
 * Buckets that all instances share, in Redis. Redis is never a reason to refuse: while it is away each instance keeps the
 * limits on its own (fail open), and returns to Redis by itself.
 */
export function connectRedisBucket(options: RedisBucketOptions): TokenBucket & { close(): void } {
  const { fallback, keyPrefix = 'sanhu:cost:' } = options;
  let isAway = false;
  let probeAtMs = 0;

  const redis = connect(options.url);

  function leave(error: unknown): void {
    probeAtMs = wallClockMs() + PROBE_EVERY_MS;
    if (isAway) return;
    isAway = true;
    options.onAway(error);
  }

  function comeBack(): void {
    if (!isAway) return;
    isAway = false;
    options.onBack();
  }

  redis.on('error', leave);
  redis.on('ready', () => {
    probeAtMs = 0;
  });

  /** Whether this call may go to Redis. While Redis hangs, one call at a time finds out, and the others do not wait. */
  function isWorthAsking(): boolean {
    if (redis.status !== 'ready') return false;
    if (!isAway) return true;
    const now = wallClockMs();
    if (now < probeAtMs) return false;
    probeAtMs = now + PROBE_EVERY_MS;
    return true;
  }

  async function ask(key: string, cost: number, limits: BucketLimits): Promise<{ allowed: boolean; thousandths: number }> {
    const [allowed, thousandths] = await redis.sanhuTake(keyPrefix + key, limits.capacity, limits.restorePerSecond, cost);
    comeBack();
    return { allowed: allowed === 1, thousandths: Number(thousandths) };
  }

  return {
    take(key, cost, limits) {
      if (!isWorthAsking()) return fallback.take(key, cost, limits);
      return ask(key, cost, limits).then(
        ({ allowed, thousandths }) => toTaken(allowed, thousandths, cost, limits),
        (error: unknown) => {
          leave(error);
          return fallback.take(key, cost, limits);
        },
      );
    },
    refund(key, amount, limits) {
      if (amount <= 0) return;
      if (isWorthAsking()) ask(key, -amount, limits).catch(leave);
      else fallback.refund(key, amount, limits);
    },
    close() {
      redis.disconnect();
    },
  };
}

function connect(url: string): Redis & WithTake {
  return new Redis(url, {
    scripts: { sanhuTake: { lua: TAKE, numberOfKeys: 1 } },
    commandTimeout: COMMAND_TIMEOUT_MS,
    connectTimeout: 2_000,
    disconnectTimeout: COMMAND_TIMEOUT_MS,
    enableOfflineQueue: false,
    // A command whose connection broke fails at once: sent again, it would be charged twice.
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    // After a failover the old address may lead to a replica: look it up again.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
    retryStrategy: (times) => Math.min(times * 100, RECONNECT_AFTER_MAX_MS),
  }) as Redis & WithTake;
}
