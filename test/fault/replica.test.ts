import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, openSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { CoreDatabase } from '../../src/data/connection/core-database';
import { startEmbeddedPair, type EmbeddedPair } from '../../src/data/connection/embedded-postgres';
import { ReportingDatabase, type ReportingLimits } from '../../src/data/connection/reporting-database';
import { sql } from '../../src/data/connection/sql';

/* A real primary and a real standby: paused, frozen, killed and started again under a program that goes on running. */

jest.setTimeout(120_000);

const POOL = { poolSize: 4, poolWaitMs: 2_000, statementTimeoutMs: 20_000, lockTimeoutMs: 2_000 };
const LIMITS: ReportingLimits = { ...POOL, lagLimitMs: 1_500, readAfterWaitMs: 500 };
/** For an answer that needs no waiting, on a busy machine. */
const SOON_MS = 1_500;

let directory: string;
let pair: EmbeddedPair;
let core: CoreDatabase;
let reporting: ReportingDatabase;
const opened: ReportingDatabase[] = [];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'sanhu-replica-'));
  chmodSync(directory, 0o755);
  const ports = { primary: 0, standby: 0 };
  pair = await startEmbeddedPair({ directory, standby: true, ports, durable: true, databaseName: 'sanhu', maxConnections: 40 });
  await onServer(pair.primaryUrl, 'CREATE TABLE memory (word text)');
  core = await CoreDatabase.open(pair.primaryUrl, POOL, () => undefined);
  reporting = await open([standbyUrl()]);
  await until(() => reporting.reader({}, null));
});

afterEach(async () => {
  await Promise.all(opened.splice(1).map((database) => database.close()));
  expect(reporting.use().map(({ size, idle, waiting }) => ({ taken: size - idle, waiting }))).toEqual(
    reporting.use().map(() => ({ taken: 0, waiting: 0 })),
  );
});

afterAll(async () => {
  await Promise.all(opened.map((database) => database.close()));
  await core.close();
  await pair.stop();
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
});

const standbyUrl = (): string => pair.standbyUrl ?? '';
const hostOf = (url: string): string => new URL(url).host;

async function open(urls: string[], limits: Partial<ReportingLimits> = {}): Promise<ReportingDatabase> {
  const database = new ReportingDatabase(urls, { ...LIMITS, ...limits }, () => undefined);
  opened.push(database);
  await database.start();
  return database;
}

async function onServer(url: string, text: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(text);
  await client.end();
}

async function write(word: string): Promise<string> {
  const end = await core.transaction(async (transaction) => {
    await transaction.query(sql`INSERT INTO memory VALUES (${word})`);
    return { commit: true, value: undefined };
  });
  return end.committed ? end.position : '';
}

async function seen(database: ReportingDatabase, after: string | null, word: string): Promise<number> {
  const { runner } = await database.reader({}, after);
  const [row] = await runner.query<{ n: number }>(sql`SELECT count(*)::integer AS n FROM memory WHERE word = ${word}`);
  return row?.n ?? 0;
}

/** Tries again until it works, for at most 20 s. */
async function until<Value>(work: () => Promise<Value>): Promise<Value> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 200) throw error;
      await sleep(100);
    }
  }
}

/** What a promise ended with, and after how long. */
async function timed(work: Promise<unknown>): Promise<{ error: unknown; tookMs: number }> {
  const begun = performance.now();
  const error: unknown = await work.then(() => undefined, (reason: unknown) => reason); // prettier-ignore
  return { error, tookMs: performance.now() - begun };
}

/** A server's processes, the postmaster first. */
function processesOf(postmaster: number): number[] {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === postmaster);
  return [postmaster, ...children.map(Number)];
}

function parentOf(pid: string): number {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return 0;
  }
}

/** Neither dead nor answering: as a machine that hangs, or whose network is cut, looks from here. */
async function frozen(postmaster: number, work: () => Promise<void>): Promise<void> {
  const pids = processesOf(postmaster);
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  try {
    await work();
  } finally {
    for (const pid of pids) process.kill(pid, 'SIGCONT');
  }
}

interface Postmaster {
  readonly pid: number;
  readonly executable: string;
  readonly command: string[];
  readonly uid: number;
  readonly gid: number;
}

function standby(): Postmaster {
  const pid = pair.processIds().standby ?? 0;
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const idOf = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
  const [, ...command] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter((part) => part !== ''); // prettier-ignore
  return { pid, command, executable: readlinkSync(`/proc/${pid}/exe`), uid: idOf('Uid'), gid: idOf('Gid') };
}

async function kill({ pid }: Postmaster): Promise<void> {
  process.kill(pid, 'SIGKILL');
  await until(() => (pair.processIds().standby === undefined ? Promise.resolve() : Promise.reject(new Error('alive'))));
}

/** Starts a killed standby as an operator would. Processes of the dead one may hold its memory for a moment. */
async function startAgain({ executable, command, uid, gid }: Postmaster): Promise<void> {
  const log = openSync(join(directory, 'standby.log'), 'a');
  await until(async () => {
    const child = spawn(executable, command, { uid, gid, cwd: '/', detached: true, stdio: ['ignore', log, log], env: { LC_ALL: 'C' } });
    child.unref();
    await sleep(500);
    if (child.exitCode !== null) throw new Error('did not start');
  });
}

it('shows a write to whoever brings its position, at once and every time', async () => {
  for (let round = 0; round < 50; round += 1) {
    const position = await write(`round ${round}`);
    expect(await seen(reporting, position, `round ${round}`)).toBe(1);
  }
});

it('says REPLICA_BEHIND when replay does not get there within the bound, and again answers when it does', async () => {
  await sleep(LIMITS.lagLimitMs + 500); // the last transaction is older than the limit: an idle primary, and a current replica
  expect((await reporting.reader({}, null)).lagMs).toBe(0);
  await onServer(standbyUrl(), 'SELECT pg_wal_replay_pause()');
  try {
    const position = await write('unseen');
    // What is behind by a moment is not behind by the time since the transaction before.
    expect((await reporting.reader({}, null)).lagMs).toBeLessThan(LIMITS.lagLimitMs);
    const waited = await timed(reporting.reader({}, position));
    expect(waited.error).toMatchObject({ code: 'REPLICA_BEHIND', details: { retryAfterMs: expect.any(Number) as number } });
    expect(waited.tookMs).toBeGreaterThan(LIMITS.readAfterWaitMs - 50);
    expect(waited.tookMs).toBeLessThan(LIMITS.readAfterWaitMs + 300);
    // Behind by more than the limit, it answers nobody.
    await sleep(LIMITS.lagLimitMs);
    const refused = await timed(reporting.reader({}, null));
    expect(refused.error).toMatchObject({ code: 'REPLICA_BEHIND', details: { retryAfterMs: expect.any(Number) as number } });
    expect(refused.tookMs).toBeLessThan(300);
    expect(reporting.health()).toMatchObject([{ name: hostOf(standbyUrl()), state: 'behind' }]);
    expect(reporting.health()[0]?.lagMs).toBeGreaterThan(LIMITS.lagLimitMs);
  } finally {
    await onServer(standbyUrl(), 'SELECT pg_wal_replay_resume()');
  }
  expect(await until(() => seen(reporting, null, 'unseen'))).toBe(1);
  expect(reporting.health()).toMatchObject([{ state: 'up' }]);
});

it('lets many wait for one position over one connection, and gives each its answer', async () => {
  await onServer(standbyUrl(), 'SELECT pg_wal_replay_pause()');
  const position = await write('awaited');
  const patient = await open([standbyUrl()], { readAfterWaitMs: 5_000, lagLimitMs: 60_000 });
  const waiting = Promise.all(Array.from({ length: 100 }, () => seen(patient, position, 'awaited')));
  await sleep(200);
  expect(patient.use()).toMatchObject([{ waiting: 0 }]);
  await onServer(standbyUrl(), 'SELECT pg_wal_replay_resume()');
  expect(new Set(await waiting)).toEqual(new Set([1]));
});

it('knows its replica’s state, and how far behind it is, however many reports wait', async () => {
  const busy = await open([standbyUrl()], { poolSize: 1, poolWaitMs: 10_000 });
  const { runner } = await busy.reader({}, null);
  const reports = Promise.all([1, 2, 3].map(() => runner.query(sql`SELECT pg_sleep(0.7)`)));
  await sleep(100);
  expect(busy.use()).toMatchObject([{ waiting: 2 }]);
  const begun = performance.now();
  expect(await busy.reader({}, await write('while busy'))).toMatchObject({ replica: hostOf(standbyUrl()) });
  expect(performance.now() - begun).toBeLessThan(500);
  await reports;
});

it('stops a report at its deadline on the server too', async () => {
  const { runner } = await reporting.reader({ signal: AbortSignal.timeout(300) }, null);
  const { error, tookMs } = await timed(runner.query(sql`SELECT pg_sleep(10)`));
  expect(error).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  expect(tookMs).toBeLessThan(SOON_MS);
  const free = await reporting.reader({}, null);
  const [row] = await free.runner.query<{ n: number }>(
    sql`SELECT count(*)::integer AS n FROM pg_stat_activity
        WHERE query LIKE '%pg_sleep(10)%' AND state = 'active' AND pid <> pg_backend_pid()`,
  );
  expect(row?.n).toBe(0);
});

it('never writes, whatever it is asked to run', async () => {
  const { runner } = await reporting.reader({}, null);
  await expect(runner.query(sql`INSERT INTO memory VALUES ('from a report')`)).rejects.toThrow();
});

describe('when the standby is killed', () => {
  let killed: Postmaster;
  let both: ReportingDatabase;

  it('a report under way fails clearly, the next at once, and another replica takes over', async () => {
    both = new ReportingDatabase([standbyUrl(), pair.primaryUrl], LIMITS, () => undefined); // a promoted standby answers too
    await both.start();
    killed = standby();
    const { runner } = await reporting.reader({}, null);
    const report = timed(runner.query(sql`SELECT pg_sleep(15)`));
    await sleep(200);
    await kill(killed);
    const underWay = await report;
    expect(underWay.error).toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
    expect(underWay.tookMs).toBeLessThan(5_000);
    const next = await timed(reporting.reader({}, null));
    expect(next.error).toMatchObject({
      code: 'DEPENDENCY_UNAVAILABLE',
      details: { reason: 'NO_REPLICA', retryAfterMs: expect.any(Number) as number },
    });
    expect(next.tookMs).toBeLessThan(SOON_MS);
    expect(reporting.health()).toMatchObject([{ state: 'down', lagMs: null }]);
    for (let round = 0; round < 6; round += 1) {
      const begun = performance.now();
      expect(await both.reader({}, null)).toMatchObject({ replica: hostOf(pair.primaryUrl) });
      expect(performance.now() - begun).toBeLessThan(SOON_MS);
    }
  });

  it('the core does not notice', async () => {
    const begun = performance.now();
    for (let round = 0; round < 50; round += 1) await write(`without a standby ${round}`);
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(core.use().waiting).toBe(0);
  });

  it('reporting starts without it, and says so', async () => {
    const alone = await open([standbyUrl()]);
    expect((await timed(alone.reader({}, null))).error).toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
  });

  it('everything goes on by itself once it is back, with all that was written meanwhile', async () => {
    await startAgain(killed);
    expect(await until(async () => seen(reporting, await write('after the restart'), 'after the restart'))).toBeGreaterThan(0);
    expect(await seen(reporting, null, 'without a standby 49')).toBe(1);
    expect(reporting.health()).toMatchObject([{ state: 'up' }]);
    await until(() => (both.health().every(({ state }) => state === 'up') ? Promise.resolve() : Promise.reject(new Error('not yet up'))));
    const answering = new Set<string>();
    for (let round = 0; round < 6; round += 1) answering.add((await both.reader({}, null)).replica);
    await both.close();
    expect(answering).toEqual(new Set([hostOf(standbyUrl()), hostOf(pair.primaryUrl)]));
  });
});

describe('when a server freezes', () => {
  it('the standby: no report hangs, none is lost track of, and it is used again when it wakes', async () => {
    const two = await open([standbyUrl(), pair.primaryUrl], { poolSize: 2 });
    const { runner } = await reporting.reader({ signal: AbortSignal.timeout(500) }, null);
    await frozen(pair.processIds().standby ?? 0, async () => {
      const [underWay, asked, other] = await Promise.all([
        timed(runner.query(sql`SELECT count(*) FROM memory`)),
        timed(reporting.reader({}, null)),
        timed(two.reader({}, null)),
      ]);
      expect(underWay.error).toMatchObject({ code: expect.stringMatching(/DEPENDENCY_UNAVAILABLE|DEADLINE_EXCEEDED/) as string });
      expect(underWay.tookMs).toBeLessThan(6_000);
      expect(asked.error).toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
      expect(asked.tookMs).toBeLessThan(8_000);
      expect(other.error).toBeUndefined();
      expect((await timed(reporting.reader({}, null))).tookMs).toBeLessThan(100); // known by now
      await write('while frozen');
    });
    expect(await until(() => seen(reporting, null, 'while frozen'))).toBe(1);
  });

  it('the primary: reads and writes of the core end at their deadline, and go on when it wakes', async () => {
    await frozen(pair.processIds().primary ?? 0, async () => {
      const signal = AbortSignal.timeout(500);
      const insert = core.transaction(
        async (transaction) => {
          await transaction.query(sql`INSERT INTO memory VALUES ('half')`);
          return { commit: true, value: undefined };
        },
        { signal },
      );
      for (const { error, tookMs } of await Promise.all([timed(core.reader({ signal }).query(sql`SELECT 1 AS one`)), timed(insert)])) {
        expect(error).toMatchObject({ code: expect.stringMatching(/DEPENDENCY_UNAVAILABLE|DEADLINE_EXCEEDED/) as string });
        expect(tookMs).toBeLessThan(6_000);
      }
    });
    expect(await write('awake')).toMatch(/^[0-9A-F]+\/[0-9A-F]+$/);
    const [row] = await core.reader().query<{ n: number }>(sql`SELECT count(*)::integer AS n FROM memory WHERE word = 'half'`);
    expect(row?.n).toBe(0);
    expect(core.use().waiting).toBe(0);
  });
});
