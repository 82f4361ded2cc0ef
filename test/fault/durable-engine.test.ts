import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { Temporal } from 'temporal-polyfill';
import { CoreDatabase } from '../../src/data/connection/core-database';
import { startEmbeddedPair, type EmbeddedPair } from '../../src/data/connection/embedded-postgres';
import { stopServer } from '../../src/data/connection/embedded/server-process';
import { migrate } from '../../src/data/connection/migrate';
import { sql } from '../../src/data/connection/sql';
import { ProcessEngine } from '../../src/data/engine/process-engine';
import { WorkerLeases } from '../../src/data/engine/worker-lease';
import { failing, fourSteps, outsideCall, poison, sleeper } from '../support/engine-workflows';

/*
 * Workers are processes of their own (the engine is one to a process), and are really killed. PostgreSQL is one of its own,
 * since it is killed too, and durable, so that nothing that was committed is lost with it.
 */

jest.setTimeout(120_000);

const PROJECT = resolve(__dirname, '../..');
const LIMITS = { poolSize: 4, poolWaitMs: 5_000, statementTimeoutMs: 20_000, lockTimeoutMs: 5_000 };
const TAKEN_WITHIN_MS = 15_000;

let directory: string;
let pair: EmbeddedPair;
let core: CoreDatabase;
let engine: ProcessEngine;
const workers: Worker[] = [];

interface Worker {
  readonly child: ChildProcess;
  readonly executorId: string;
  readonly lines: string[];
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'sanhu-engine-'));
  chmodSync(directory, 0o755); // the server of root runs as another account, which must get in
  pair = await startPostgres(0);
  await migrate(pair.primaryUrl);
  await query('CREATE TABLE effect (workflow_id text, step text, process_id integer)');
  core = await CoreDatabase.open(pair.primaryUrl, LIMITS, () => undefined);
  engine = await ProcessEngine.open(pair.primaryUrl, 2, () => undefined);
});

afterEach(async () => {
  for (const worker of workers.splice(0)) await kill(worker);
  // Each test begins with nobody's work and nobody's lease.
  await query('DELETE FROM dbos.workflow_status');
  await query('DELETE FROM worker_lease');
  await query('DELETE FROM effect');
});

afterAll(async () => {
  await engine.close();
  await core.close();
  await pair.stop();
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
});

function startPostgres(port: number): Promise<EmbeddedPair> {
  return startEmbeddedPair({
    directory,
    standby: false,
    ports: { primary: port, standby: 0 },
    durable: true,
    databaseName: 'sanhu',
    maxConnections: 100,
  });
}

async function query<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client(pair.primaryUrl);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

async function startWorker(concurrency = 8, url = pair.primaryUrl): Promise<Worker> {
  const program = [join(PROJECT, 'test/support/engine-program.ts'), url, String(concurrency)];
  const child = spawn(process.execPath, ['-r', join(PROJECT, 'test/support/run-typescript.cjs'), ...program], {
    cwd: PROJECT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const take = (chunk: Buffer): void =>
    void lines.push(
      ...chunk
        .toString()
        .split('\n')
        .filter((line) => line !== ''),
    );
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const ready = (): string | undefined => lines.find((line) => line.startsWith('READY '));
  const worker = { child, lines, executorId: '' };
  workers.push(worker);
  await until(
    30_000,
    () => Promise.resolve(ready() !== undefined || child.exitCode !== null),
    () => lines.join('\n'),
  );
  if (ready() === undefined) throw new Error(`the worker did not start: ${lines.join('\n')}`);
  worker.executorId = (ready() as string).slice('READY '.length);
  return worker;
}

async function kill({ child }: Worker, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}

const hasDied = ({ child }: Worker): boolean => child.exitCode !== null || child.signalCode !== null;

async function until(withinMs: number, condition: () => Promise<boolean>, describe: () => string | Promise<string>): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${await describe()}`);
    await sleep(50);
  }
}

async function enqueueFourSteps(ids: readonly string[], stepMs: number): Promise<void> {
  await core.transaction(async (transaction) => {
    for (const workflowId of ids) await engine.enqueue(transaction, fourSteps, { stepMs }, { workflowId });
    return { commit: true, value: undefined };
  });
}

const idsOf = (count: number): string[] => Array.from({ length: count }, (_, index) => `${expect.getState().currentTestName}/${index}`);

async function countEffects(): Promise<number> {
  const [row] = await query<{ effects: number }>('SELECT count(*)::integer AS effects FROM effect');
  return row?.effects ?? 0;
}

async function states(): Promise<Record<string, number>> {
  const rows = await query<{ status: string; workflows: number }>(
    'SELECT status, count(*)::integer AS workflows FROM dbos.workflow_status GROUP BY status',
  );
  return Object.fromEntries(rows.map((row) => [row.status, row.workflows]));
}

async function waitForEffects(atLeast: number): Promise<void> {
  await until(
    20_000,
    async () => (await countEffects()) >= atLeast,
    async () => `${await countEffects()} effects\n${log()}`,
  );
}

async function waitForDone(count: number, withinMs: number): Promise<void> {
  const done = async (): Promise<boolean> => (await states().catch((): Record<string, number> => ({})))['SUCCESS'] === count;
  await until(withinMs, done, async () => `${JSON.stringify(await states())}\n${log()}`);
}

const log = (): string => workers.flatMap((worker) => worker.lines.map((line) => `${worker.child.pid}: ${line}`)).join('\n');

async function expectEachStepOnce(ids: readonly string[]): Promise<void> {
  const rows = await query<{ workflow_id: string; steps: string[] }>(
    'SELECT workflow_id, array_agg(step ORDER BY step) AS steps FROM effect GROUP BY workflow_id ORDER BY workflow_id',
  );
  const expected = [...ids].sort().map((id) => ({ workflow_id: id, steps: ['step 1', 'step 2', 'step 3', 'step 4'] }));
  expect([...rows].sort((one, other) => (one.workflow_id < other.workflow_id ? -1 : 1))).toEqual(expected);
}

describe('what is enqueued', () => {
  it('runs once its transaction has committed, and gives its result', async () => {
    const [id = ''] = idsOf(1);
    await startWorker();
    await enqueueFourSteps([id], 0);
    await waitForDone(1, 10_000);
    expect(await engine.status(id)).toEqual({
      workflowId: id, workflow: 'test-four-steps', state: 'DONE', attempts: 1, output: 10, failure: null,
    }); // prettier-ignore
    expect(await query('SELECT 1 FROM dbos.transaction_completion')).toEqual([]);
  });

  it('runs once although it is enqueued again', async () => {
    const ids = idsOf(1);
    await startWorker();
    await enqueueFourSteps(ids, 0);
    await waitForDone(1, 10_000);
    await enqueueFourSteps(ids, 0);
    await sleep(1_500);
    await expectEachStepOnce(ids);
  });

  it('does not run when its transaction is rolled back', async () => {
    const [rolledBack = '', failed = '', witness = ''] = idsOf(3);
    await startWorker();
    await core.transaction(async (transaction) => {
      await engine.enqueue(transaction, fourSteps, { stepMs: 0 }, { workflowId: rolledBack });
      return { commit: false, value: undefined };
    });
    const refused = core.transaction(async (transaction) => {
      await engine.enqueue(transaction, fourSteps, { stepMs: 0 }, { workflowId: failed });
      throw new Error('refused');
    });
    await expect(refused).rejects.toThrow('refused');
    await enqueueFourSteps([witness], 0);
    await waitForDone(1, 10_000);
    await sleep(500);
    expect([await engine.status(rolledBack), await engine.status(failed)]).toEqual([undefined, undefined]);
    await expectEachStepOnce([witness]);
  });

  it('tells the code and message of what made it fail, and keeps the steps before it', async () => {
    const [id = ''] = idsOf(1);
    await startWorker();
    await core.transaction(async (transaction) => {
      await engine.enqueue(transaction, failing, null, { workflowId: id });
      return { commit: true, value: undefined };
    });
    await until(10_000, async () => (await engine.status(id))?.state === 'FAILED', log);
    expect((await engine.status(id))?.failure).toEqual({ code: 'NO_TARIFF', message: 'no such tariff' });
    expect(await query('SELECT step FROM effect')).toEqual([{ step: 'first' }]);
  });

  it('runs for a role that may not change the schema', async () => {
    const ids = idsOf(1);
    await query(`CREATE ROLE runtime LOGIN PASSWORD 'runtime'`);
    await query('GRANT USAGE ON SCHEMA public, dbos TO runtime');
    await query('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public, dbos TO runtime');
    const url = new URL(pair.primaryUrl);
    Object.assign(url, { username: 'runtime', password: 'runtime' });
    await startWorker(8, url.href);
    await enqueueFourSteps(ids, 0);
    await waitForDone(1, 10_000);
    await expectEachStepOnce(ids);
  });

  it('is forgotten when it ended long enough ago', async () => {
    const ids = idsOf(3);
    await startWorker();
    await enqueueFourSteps(ids, 0);
    await waitForDone(3, 10_000);
    expect(await engine.deleteEndedBefore(Temporal.Now.instant().subtract({ hours: 1 }))).toBe(0);
    expect(await engine.deleteEndedBefore(Temporal.Now.instant().add({ hours: 1 }))).toBe(3);
    expect(await engine.status(ids[0] as string)).toBeUndefined();
    for (const table of ['workflow_input', 'workflow_output', 'operation_outputs']) {
      expect(await query(`SELECT 1 FROM dbos.${table} WHERE workflow_uuid = ANY($1)`, [ids])).toEqual([]);
    }
  });
});

describe('a worker dies', () => {
  it('twice, with kill -9 in the middle: every step takes effect exactly once', async () => {
    const ids = idsOf(50);
    const first = await startWorker();
    const second = await startWorker();
    await enqueueFourSteps(ids, 100);
    await waitForEffects(20);
    await kill(first);
    const third = await startWorker();
    await waitForEffects(60);
    await kill(second);
    const killedAt = performance.now();
    expect((await states())['SUCCESS'] ?? 0).toBeLessThan(50);
    await waitForDone(50, TAKEN_WITHIN_MS);
    expect(performance.now() - killedAt).toBeLessThan(TAKEN_WITHIN_MS);
    await expectEachStepOnce(ids);
    const takenOver = third.lines.filter((line) => line.includes('TAKEN_OVER')).map((line) => JSON.parse(line) as { executorId: string });
    expect(takenOver.map((event) => event.executorId)).toContain(second.executorId);
  });

  it('and only one of the living acts for it; when that one dies too, the next does', async () => {
    const living = ['one', 'two', 'three'].map((name) => new WorkerLeases(pair.primaryUrl, name, () => undefined));
    for (const lease of living) await lease.beat();
    await query(`INSERT INTO worker_lease VALUES ('dead', 'elsewhere', 1, now(), now() - interval '7 seconds')`);
    const interrupted = living[0]?.takeDead(() => Promise.reject(new Error('killed meanwhile')));
    await expect(interrupted).rejects.toThrow('killed meanwhile');
    const acted: string[] = [];
    const recover = async (executorId: string): Promise<number> => {
      acted.push(executorId);
      await sleep(300);
      return 8;
    };
    const taken = await Promise.all(living.map((lease) => lease.takeDead(recover)));
    expect(acted).toEqual(['dead']);
    expect(taken.flat()).toEqual([{ executorId: 'dead', workflows: 8 }]);
    const left = await query<{ id: string }>('SELECT executor_id AS id FROM worker_lease ORDER BY id');
    expect(left.map((row) => row.id)).toEqual(['one', 'three', 'two']);
    await Promise.all(living.map((lease) => lease.close()));
  });

  it('stopped in the middle and woken after its work was taken: what it still does has no effect', async () => {
    const ids = idsOf(4);
    const paused = await startWorker(4);
    await enqueueFourSteps(ids, 1_000);
    await waitForEffects(4);
    paused.child.kill('SIGSTOP');
    await startWorker(4);
    await waitForDone(4, 30_000);
    paused.child.kill('SIGCONT');
    await sleep(4_000);
    await expectEachStepOnce(ids);
    expect(hasDied(paused)).toBe(false);
    // It is a worker again.
    await until(5_000, async () => (await query('SELECT 1 FROM worker_lease')).length === 2, log);
  });

  it('only as the others see it, and loses its workflow in the middle of a step: the step has no effect', async () => {
    const ids = idsOf(1);
    await startWorker();
    await enqueueFourSteps(ids, 1_500);
    await until(10_000, async () => (await states())['PENDING'] === 1, log);
    await query(`INSERT INTO worker_lease VALUES ('elsewhere', 'elsewhere', 1, now(), now() + interval '1 hour')`);
    await query(`UPDATE dbos.workflow_status SET executor_id = 'elsewhere', owner_xid = 'another'`);
    await sleep(3_000);
    expect(await countEffects()).toBe(0);
    await query(`UPDATE worker_lease SET beat_at = '-infinity' WHERE executor_id = 'elsewhere'`);
    await waitForDone(1, TAKEN_WITHIN_MS);
    await expectEachStepOnce(ids);
  });

  it('in a step that speaks to another system: it is called again with the same key', async () => {
    const [id = ''] = idsOf(1);
    await startWorker();
    await core.transaction(async (transaction) => {
      await engine.enqueue(transaction, outsideCall, { dieAt: pair.primaryUrl }, { workflowId: id });
      return { commit: true, value: undefined };
    });
    await until(10_000, () => Promise.resolve(workers.every(hasDied)), log);
    await startWorker();
    await waitForDone(1, TAKEN_WITHIN_MS);
    expect((await engine.status(id))?.output).toBe(`${id}:call`);
    const times = await query<{ step: string; times: number }>('SELECT step, count(*)::integer AS times FROM effect GROUP BY step');
    expect(Object.fromEntries(times.map((row) => [row.step, row.times]))).toEqual({ before: 1, [`${id}:call`]: 2 });
  });

  it('while a workflow waits: the other waits for the rest only', async () => {
    const [id = ''] = idsOf(1);
    const first = await startWorker();
    const began = performance.now();
    await core.transaction(async (transaction) => {
      await engine.enqueue(transaction, sleeper, { ms: 12_000 }, { workflowId: id });
      return { commit: true, value: undefined };
    });
    await waitForEffects(1);
    await kill(first);
    await startWorker();
    await waitForDone(1, 30_000);
    expect(performance.now() - began).toBeGreaterThan(11_900);
    // To wait anew would take twelve seconds more than were left: 24 at the least.
    expect(performance.now() - began).toBeLessThan(23_500);
  });

  it('in the moment of claiming, for all that a living worker knows: the claim is found and goes back', async () => {
    const ids = idsOf(2);
    const worker = await startWorker();
    await core.transaction(async (transaction) => {
      for (const workflowId of ids) await engine.enqueue(transaction, fourSteps, { stepMs: 0 }, { workflowId });
      // As a COMMIT leaves it whose answer is lost: claimed for a process that knows nothing of it.
      await transaction.query(sql`
        UPDATE dbos.workflow_status SET status = 'PENDING', executor_id = ${worker.executorId}, owner_xid = 'lost',
               started_at_epoch_ms = (extract(epoch FROM now()) * 1000 - 6000)::bigint WHERE workflow_uuid = ANY(${ids})`);
      return { commit: true, value: undefined };
    });
    await waitForDone(2, 10_000);
    await expectEachStepOnce(ids);
    expect(worker.lines.filter((line) => line.includes('FOUND_LOST')).map((line) => JSON.parse(line) as unknown)).toEqual([
      { kind: 'FOUND_LOST', workflows: 2 },
    ]);
  });

  it('by itself, told to stop: another goes on at once', async () => {
    const ids = idsOf(8);
    const leaving = await startWorker();
    await startWorker();
    await sleep(6_500); // until it has lived long enough to judge
    await enqueueFourSteps(ids, 500);
    await until(10_000, async () => (await states())['PENDING'] === 8, log);
    await kill(leaving, 'SIGTERM');
    await waitForDone(8, 8_000);
    await expectEachStepOnce(ids);
  });
});

describe('a workflow that kills whoever runs it', () => {
  it('is parked after its recoveries, and told of', async () => {
    const [id = ''] = idsOf(1);
    const before = Temporal.Now.instant();
    await core.transaction(async (transaction) => {
      await engine.enqueue(transaction, poison, null, { workflowId: id });
      return { commit: true, value: undefined };
    });
    let deaths = 0;
    const parked = async (): Promise<boolean> => (await engine.status(id))?.state === 'PARKED';
    for (let start = 0; start < 4 && !(await parked()); start += 1) {
      const worker = await startWorker().catch(() => undefined); // it may die before it has said that it is ready
      await until(TAKEN_WITHIN_MS, async () => workers.every(hasDied) || (await parked()), log);
      if (worker === undefined || hasDied(worker)) deaths += 1;
    }
    expect(await parked()).toBe(true);
    expect(deaths).toBe(2); // the first run and one recovery
    expect((await engine.parkedSince(before)).map((workflow) => workflow.workflowId)).toEqual([id]);
    // Whoever parked it lives on, and works.
    const ids = idsOf(2).map((other) => `${other} after`);
    await enqueueFourSteps(ids, 0);
    await waitForDone(2, 10_000);
    expect(workers.filter((worker) => !hasDied(worker))).toHaveLength(1);
  });
});

describe('PostgreSQL dies', () => {
  it('and comes back, twice: the same workers go on, and every step takes effect exactly once', async () => {
    const ids = idsOf(80);
    const living = [await startWorker(), await startWorker()];
    await enqueueFourSteps(ids, 100);
    for (const [effects, awayMs] of [
      [40, 500],
      [120, 7_000],
    ] as const) {
      // prettier-ignore
      await waitForEffects(effects);
      await stopServer(join(directory, 'primary'), 'immediate');
      await pair.stop();
      await sleep(awayMs); // the second time for longer than a lease lasts
      pair = await startPostgres(Number(new URL(pair.primaryUrl).port));
    }
    await waitForDone(80, 30_000);
    await expectEachStepOnce(ids);
    expect(living.map(hasDied)).toEqual([false, false]);
    const takenOver = living.flatMap((worker) => worker.lines.filter((line) => line.includes('TAKEN_OVER')));
    expect(takenOver).toEqual([]); // nobody was taken for dead for what the database did
  });
});
