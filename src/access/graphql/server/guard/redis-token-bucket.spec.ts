import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { connectRedisBucket } from './redis-token-bucket';
import { createInProcessBucket, type Taken, type TokenBucket } from './token-bucket';

const LIMITS = { capacity: 100, restorePerSecond: 10 };
const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 10_000;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error('waited in vain');
    await sleep(20);
  }
}

/** Tells from which bucket an answer came: the fallback's is marked. */
function markedFallback(): TokenBucket {
  const bucket = createInProcessBucket();
  return { ...bucket, take: (key, cost, limits) => ({ ...bucket.take(key, cost, limits), fallback: true }) };
}

const isFallback = (taken: Taken): boolean => 'fallback' in taken;

describe('the token bucket in Redis, without one', () => {
  it('falls open to the bucket in process, at once, and says so once', async () => {
    const told: unknown[] = [];
    const options = { url: `redis://127.0.0.1:${await freePort()}`, fallback: markedFallback(), onBack: () => undefined };
    const bucket = connectRedisBucket({ ...options, onAway: (error) => told.push(error) });
    try {
      expect(bucket.take('hall', 60, LIMITS)).toMatchObject({ fallback: true, allowed: true, available: 40 });
      await until(() => told.length > 0);
      await sleep(500); // several attempts to connect
      expect(told).toEqual([expect.objectContaining({ code: 'ECONNREFUSED' })]);
      bucket.refund('hall', 60, LIMITS);
      expect(bucket.take('hall', 100, LIMITS)).toMatchObject({ fallback: true, allowed: true });
      expect(bucket.take('hall', 100, LIMITS)).toMatchObject({ fallback: true, allowed: false });
    } finally {
      bucket.close();
    }
  });
});

const describeWithRedis = hasRedis ? describe : describe.skip;

describeWithRedis(hasRedis ? 'the token bucket in Redis' : 'the token bucket in Redis (skipped: needs redis-server on the PATH)', () => {
  let port: number;
  let server: ChildProcess;
  let admin: Redis;
  const opened: { close(): void }[] = [];
  const told: string[] = [];

  async function startServer(): Promise<void> {
    const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    server = spawn('redis-server', settings, { stdio: 'ignore' });
    await until(async () => {
      const probe = new Redis(port, '127.0.0.1', { lazyConnect: true, disconnectTimeout: 1, retryStrategy: () => null });
      probe.on('error', () => undefined);
      const answers = await probe.connect().then(
        () => true,
        () => false,
      );
      probe.disconnect();
      return answers;
    });
  }

  async function stopServer(signal: NodeJS.Signals): Promise<void> {
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
  }

  function connect(): TokenBucket {
    const bucket = connectRedisBucket({
      url: `redis://127.0.0.1:${port}`,
      fallback: markedFallback(),
      onAway: () => told.push('away'),
      onBack: () => told.push('back'),
    });
    opened.push(bucket);
    return bucket;
  }

  /** A bucket that has reached Redis. */
  async function connected(): Promise<TokenBucket> {
    const bucket = connect();
    await until(async () => !isFallback(await bucket.take('warm-up', 0, LIMITS)));
    return bucket;
  }

  beforeAll(async () => {
    port = await freePort();
    await startServer();
    admin = new Redis(port, '127.0.0.1', { disconnectTimeout: 1 });
    admin.on('error', () => undefined);
  });

  afterEach(() => {
    for (const bucket of opened.splice(0)) bucket.close();
    told.length = 0;
  });

  afterAll(async () => {
    admin.disconnect();
    if (server.exitCode === null && server.signalCode === null) await stopServer('SIGKILL');
  });

  it('is one bucket for all instances', async () => {
    const [one, other] = [await connected(), await connected()];
    expect(await one.take('shared', 60, LIMITS)).toEqual({ allowed: true, available: 40, retryAfterMs: 0 });
    const refused = await other.take('shared', 60, LIMITS);
    expect(refused).toMatchObject({ allowed: false });
    expect(refused.retryAfterMs).toBeGreaterThan(1_000);
    expect(refused.retryAfterMs).toBeLessThanOrEqual(2_000);
    other.refund('shared', 30, LIMITS);
    await until(async () => Number(await admin.hget('sanhu:cost:shared', 'thousandths')) >= 70_000);
    expect(await one.take('shared', 60, LIMITS)).toMatchObject({ allowed: true });
    expect(told).toEqual([]);
  });

  it('is restored by the clock of Redis, and its key goes when it would be full', async () => {
    const bucket = await connected();
    const fast = { capacity: 100, restorePerSecond: 200 };
    await bucket.take('restored', 100, fast);
    const { allowed, retryAfterMs } = await bucket.take('restored', 40, fast);
    expect(allowed).toBe(false);
    const lifeMs = await admin.pttl('sanhu:cost:restored');
    expect(lifeMs).toBeGreaterThan(1_000);
    expect(lifeMs).toBeLessThanOrEqual(1_500);
    await sleep(retryAfterMs + 5);
    expect(await bucket.take('restored', 40, fast)).toMatchObject({ allowed: true });
  });

  it('lets exactly the capacity through when everybody asks at once', async () => {
    const [one, other] = [await connected(), await connected()];
    const slow = { capacity: 100, restorePerSecond: 0.001 };
    const taken = await Promise.all(Array.from({ length: 300 }, async (_, n) => (n % 2 ? one : other).take('rush', 1, slow)));
    expect(taken.filter(({ allowed }) => allowed)).toHaveLength(100);
  });

  it('lets a cost above the capacity through when full, and has it paid back', async () => {
    const bucket = await connected();
    expect(await bucket.take('debt', 150, LIMITS)).toEqual({ allowed: true, available: 0, retryAfterMs: 0 });
    const refused = await bucket.take('debt', 1, LIMITS);
    expect(refused.allowed).toBe(false);
    expect(refused.retryAfterMs).toBeGreaterThan(5_000);
  });

  it('keeps limits in process while Redis hangs, makes few wait for it, and returns', async () => {
    const bucket = await connected();
    server.kill('SIGSTOP');
    try {
      const begin = performance.now();
      expect(isFallback(await bucket.take('hang', 1, LIMITS))).toBe(true);
      expect(performance.now() - begin).toBeLessThan(3_000);
      expect(told).toEqual(['away']);
      expect(bucket.take('hang', 1, LIMITS)).toMatchObject({ fallback: true }); // no promise, no wait
    } finally {
      server.kill('SIGCONT');
    }
    await until(async () => !isFallback(await bucket.take('hang', 1, LIMITS)));
    expect(told).toEqual(['away', 'back']);
  });

  it('keeps limits in process while Redis is dead, and returns to one started anew, which knows no script', async () => {
    const bucket = await connected();
    const underWay = Array.from({ length: 50 }, () => bucket.take('dead', 1, LIMITS));
    await stopServer('SIGKILL');
    for (const taken of await Promise.all(underWay.map(async (taking) => taking))) expect(taken.allowed).toBe(true);
    await until(async () => isFallback(await bucket.take('dead', 1, LIMITS)));
    await until(() => told.includes('away'));
    await startServer();
    await until(async () => !isFallback(await bucket.take('dead', 1, LIMITS)));
    expect(told).toEqual(['away', 'back']);
  });

  it('falls back when Redis refuses the command', async () => {
    const bucket = await connected();
    await admin.set('sanhu:cost:broken', 'not a hash');
    expect(isFallback(await bucket.take('broken', 1, LIMITS))).toBe(true);
    expect(told).toEqual(['away']);
  });
});
