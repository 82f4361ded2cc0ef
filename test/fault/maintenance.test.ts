import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { startMaintenance, type Maintenance, type MaintenanceHooks } from '../../src/business/process/maintenance/run-maintenance';
import type { MaintenanceTask } from '../../src/business/process/maintenance/maintenance-task';
import { standingTasks } from '../../src/business/process/maintenance/standing-tasks';
import { CoreDatabase } from '../../src/data/connection/core-database';
import { startEmbeddedPair, type EmbeddedPair } from '../../src/data/connection/embedded-postgres';
import { migrate } from '../../src/data/connection/migrate';
import { sql } from '../../src/data/connection/sql';
import { systemClock } from '../../src/kernel/clock';

/* Two "processes" here are two loops on one database: they share nothing else, as two processes would. */

let directory: string;
let pair: EmbeddedPair;
let core: CoreDatabase;
const running: Maintenance[] = [];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'sanhu-maintenance-'));
  chmodSync(directory, 0o755);
  const ports = { primary: 0, standby: 0 };
  pair = await startEmbeddedPair({ directory, standby: false, ports, durable: false, databaseName: 'sanhu', maxConnections: 30 });
  await migrate(pair.primaryUrl);
  const limits = { poolSize: 8, poolWaitMs: 5_000, statementTimeoutMs: 20_000, lockTimeoutMs: 5_000 };
  core = await CoreDatabase.open(pair.primaryUrl, limits, () => undefined);
  await query('CREATE TABLE done (task text, batch integer, at timestamptz DEFAULT clock_timestamp())');
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((maintenance) => maintenance.stop()));
  await query('TRUNCATE done, maintenance_task');
});

afterAll(async () => {
  await core.close();
  await pair.stop();
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
});

async function query<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client(pair.primaryUrl);
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

interface Told {
  readonly ran: { task: string; rows: number; complete: boolean }[];
  readonly failed: { task: string; error: unknown }[];
}

function start(tasks: readonly MaintenanceTask[]): Told {
  const told: Told = { ran: [], failed: [] };
  const hooks: MaintenanceHooks = {
    onRan: (task, { rows, complete }) => void told.ran.push({ task, rows, complete }),
    onFailed: (task, error) => void told.failed.push({ task, error }),
  };
  running.push(startMaintenance(core, systemClock, tasks, hooks));
  return told;
}

async function until(withinMs: number, condition: () => boolean): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms`);
    await sleep(20);
  }
}

it('is done by one process at a time, as often as it is due and no more', async () => {
  let atOnce = 0;
  let atOnceMax = 0;
  const task: MaintenanceTask = {
    name: 'counted',
    everyMs: 300,
    run: async (transaction) => {
      atOnceMax = Math.max(atOnceMax, (atOnce += 1));
      await transaction.query(sql`INSERT INTO done (task, batch) VALUES ('counted', 1)`);
      await sleep(100);
      atOnce -= 1;
      return { rows: 1, more: false };
    },
  };
  const told = [start([task]), start([task]), start([task])];
  await sleep(3_000);
  await Promise.all(running.splice(0).map((maintenance) => maintenance.stop()));
  const runs = told.flatMap((one) => one.ran).length;
  expect(atOnceMax).toBe(1);
  // 100 ms of work and 300 ms until it is due again: at most 8 in 3 s, however many processes there are.
  expect(runs).toBeLessThanOrEqual(8);
  expect(runs).toBeGreaterThanOrEqual(4);
  expect((await query('SELECT 1 FROM done')).length).toBe(runs);
});

it('goes on batch after batch until nothing is left', async () => {
  let left = 5;
  const task: MaintenanceTask = {
    name: 'batches',
    everyMs: 60_000,
    run: async (transaction) => {
      await transaction.query(sql`INSERT INTO done (task, batch) VALUES ('batches', ${left})`);
      left -= 1;
      return { rows: 10, more: left > 0 };
    },
  };
  const told = start([task]);
  await until(5_000, () => told.ran.length === 1);
  expect(told.ran).toEqual([{ task: 'batches', rows: 50, complete: true }]);
  const transactions = await query<{ number: string }>('SELECT DISTINCT xmin::text AS number FROM done');
  expect(transactions).toHaveLength(5);
});

it('that fails leaves nothing behind, is told of, and keeps nothing else from running', async () => {
  const failing: MaintenanceTask = {
    name: 'failing',
    everyMs: 200,
    run: async (transaction) => {
      await transaction.query(sql`INSERT INTO done (task, batch) VALUES ('failing', 1)`);
      throw new Error('broken');
    },
  };
  const other: MaintenanceTask = { name: 'other', everyMs: 200, run: () => Promise.resolve({ rows: 1, more: false }) };
  const told = start([failing, other]);
  await until(5_000, () => told.failed.length >= 2 && told.ran.length >= 2);
  expect(told.failed[0]).toEqual({ task: 'failing', error: expect.objectContaining({ message: 'broken' }) as unknown });
  expect(await query('SELECT 1 FROM done')).toEqual([]);
});

it('that hangs is cancelled on the server', async () => {
  const hanging: MaintenanceTask = {
    name: 'hanging',
    everyMs: 60_000,
    run: async (transaction) => {
      await transaction.query(sql`SELECT pg_sleep(15)::text AS slept`);
      return { rows: 0, more: false };
    },
  };
  const told = start([hanging]);
  await until(8_000, () => told.failed.length === 1);
  expect(await query(`SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_sleep(15)%' AND pid <> pg_backend_pid()`)).toEqual([]);
});

it('deletes idempotency keys after a week, in bounded batches', async () => {
  await query(`
    INSERT INTO idempotency_key (client_id, operation, key, input_hash, created_at)
    SELECT 'client', 'operation', age || '.' || n, '\\x00', now() - make_interval(days => age)
    FROM generate_series(1, 6000) AS n, unnest(ARRAY[6, 8]) AS age`);
  const told = start(standingTasks({ idempotencyKeyDays: 7, sessionDays: 30, workflowDays: 30, auditMonths: 84, outboxMonths: 3 }));
  await until(20_000, () => told.ran.length === 6);
  expect(told.ran).toContainEqual({ task: 'idempotency-keys', rows: 6_000, complete: true });
  const left = await query('SELECT DISTINCT split_part(key, $1, 1) AS age FROM idempotency_key', ['.']);
  expect(left).toEqual([{ age: '6' }]);
});

it('makes the partitions of the coming months, for a role that may not create tables', async () => {
  const client = new Client(pair.primaryUrl);
  await client.connect();
  try {
    await client.query('CREATE ROLE runtime');
    await client.query('SET ROLE runtime');
    const { rows } = await client.query<{ made: number }>('SELECT ensure_partitions(5) AS made');
    expect(rows[0]?.made).toBeGreaterThanOrEqual(4); // two months more of each table than the migration made
    await expect(client.query('CREATE TABLE mine ()')).rejects.toThrow('permission denied');
  } finally {
    await client.end();
  }
});
