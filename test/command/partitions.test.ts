import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { standingTasks } from '../../src/business/process/maintenance';
import { ensurePartitions } from '../../src/data/operation/maintenance/maintenance-task';
import { systemClock } from '../../src/kernel/clock';
import { useDatabase } from '../support/database';

const database = useDatabase();

const RETENTION = { idempotencyKeyDays: 7, sessionDays: 30, workflowDays: 30, auditMonths: 84, outboxMonths: 3 };

/** The first day of the month so many months from now, as the database has it. */
async function monthOf(months: number): Promise<{ day: string; suffix: string }> {
  const [row] = await database.raw<{ day: string; suffix: string }>(
    `SELECT m::date::text AS day, to_char(m, 'YYYYMM') AS suffix
     FROM (SELECT date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => $1) AS m) AS month`,
    [months],
  );
  return row as { day: string; suffix: string };
}

const AUDIT = `INSERT INTO audit_entry (id, at, actor_kind, actor_id, trace_id, operation, subject_kind, subject_id)
  SELECT gen_random_uuid(), $1::timestamptz + n * interval '1 second', 'SYSTEM', 'test', 'test', 'test', 'test', gen_random_uuid()
  FROM generate_series(1, $2::integer) AS n`;
const OUTBOX = `INSERT INTO outbox_event (id, at, type, subject_kind, subject_id, payload, trace_id)
  SELECT gen_random_uuid(), $1::timestamptz + n * interval '1 second', 'TestEvent', 'test', gen_random_uuid(), '{}', 'test'
  FROM generate_series(1, $2::integer) AS n`;

async function countIn(table: string): Promise<number> {
  const [row] = await database.raw<{ rows: number }>(`SELECT count(*)::integer AS rows FROM ${table}`);
  return row?.rows ?? 0;
}

const exists = async (table: string): Promise<boolean> => {
  const [row] = await database.raw<{ exists: boolean }>('SELECT to_regclass($1) IS NOT NULL AS exists', [table]);
  return row?.exists ?? false;
};

/** Runs a standing task as the maintenance does, each batch in a transaction of its own; returns how many rows it dealt with. */
async function runTask(name: string): Promise<number> {
  const task = standingTasks(RETENTION).find((one) => one.name === name);
  if (task === undefined) throw new Error(`there is no task ${name}`);
  let rows = 0;
  for (let more = true; more;) {
    const end = await database.core.transaction(async (transaction) => ({
      commit: true,
      value: await task.run(transaction, systemClock.now()),
    }));
    rows += end.value.rows;
    more = end.value.more;
  }
  return rows;
}

async function makeMissing(table: string, months: number): Promise<{ day: string; suffix: string }> {
  const month = await monthOf(months);
  if (await exists(`${table}_${month.suffix}`)) await database.raw(`DROP TABLE ${table}_${month.suffix}`);
  return month;
}

test('rows that came before the partition of their month are moved into it, and it is made', async () => {
  const here = await makeMissing('audit_entry', 0);
  const ahead = await makeMissing('outbox_event', 2);
  const free = await makeMissing('audit_entry', 3);
  await database.raw(AUDIT, [`${here.day} 00:00:00+00`, 500]);
  await database.raw(OUTBOX, [`${ahead.day} 00:00:00+00`, 40]);
  expect([await countIn('audit_entry_rest'), await countIn('outbox_event_rest')]).toEqual([500, 40]);
  // What is free comes first and alone: a move that takes too long never keeps it from being made.
  const first = await database.core.transaction(async (transaction) => ({ commit: true, value: await ensurePartitions(transaction, 3) }));
  expect([first.value, await exists(`audit_entry_${free.suffix}`), await countIn('audit_entry_rest')]).toEqual([1, true, 500]);
  expect(await runTask('partitions')).toBe(2);
  expect([await countIn(`audit_entry_${here.suffix}`), await countIn(`outbox_event_${ahead.suffix}`)]).toEqual([500, 40]);
  expect([await countIn('audit_entry_rest'), await countIn('outbox_event_rest'), await countIn('audit_entry')]).toEqual([0, 0, 500]);
  const nextYear = await monthOf(14);
  await database.raw(AUDIT, [`${nextYear.day} 00:00:00+00`, 1]);
  expect(await countIn('audit_entry_rest')).toBe(1); // attached again
  await database.raw('DELETE FROM audit_entry_rest');
  expect(await runTask('partitions')).toBe(0);
});

test('rows of months long past leave the default partition, too; what has no sensible date does not stop it', async () => {
  const past = await monthOf(-5);
  await database.raw(OUTBOX, [`${past.day} 00:00:00+00`, 7]);
  await database.raw(OUTBOX, ['1900-01-01 00:00:00+00', 1]);
  await database.raw(OUTBOX, ['infinity', 1]);
  expect(await runTask('partitions')).toBe(1);
  expect([await countIn(`outbox_event_${past.suffix}`), await countIn('outbox_event_rest')]).toEqual([7, 2]);
  await database.raw('DELETE FROM outbox_event_rest');
});

test('whoever writes meanwhile waits and loses nothing', async () => {
  const month = await makeMissing('audit_entry', 1);
  const before = await countIn('audit_entry');
  await database.raw(AUDIT, [`${month.day} 00:00:00+00`, 2_000]);
  const writer = new Client(database.url);
  await writer.connect();
  // A transaction under way that has written a row of the month: the partition is made only after its end, with its row.
  await writer.query('BEGIN');
  await writer.query(AUDIT, [`${month.day} 00:00:00+00`, 1]);
  const making = runTask('partitions');
  await sleep(300);
  expect(await exists(`audit_entry_${month.suffix}`)).toBe(false);
  let stop = false;
  const others = [1, 2, 3].map(async () => {
    const client = new Client(database.url);
    await client.connect();
    let written = 0;
    for (; !stop; written += 1) await client.query(AUDIT, [`${month.day} 00:00:00+00`, 1]);
    await client.end();
    return written;
  });
  await writer.query('COMMIT');
  await writer.end();
  expect(await making).toBe(1);
  stop = true;
  const written = (await Promise.all(others)).reduce((sum, one) => sum + one, 0);
  expect(written).toBeGreaterThan(0);
  expect([await countIn(`audit_entry_${month.suffix}`), await countIn('audit_entry_rest')]).toEqual([2_001 + written, 0]);
  expect(await countIn('audit_entry')).toBe(before + 2_001 + written);
});

test('months before the kept ones are detached with their rows, again where rows of them come late, and no others', async () => {
  const [old, lastKept] = [await monthOf(-85), await monthOf(-84)];
  for (const { day } of [old, lastKept]) await database.raw(AUDIT, [`${day} 00:00:00+00`, 3]);
  await runTask('partitions');
  await database.raw(`CREATE ROLE trail_writer`);
  await database.raw(`GRANT SELECT, INSERT, UPDATE, DELETE ON audit_entry_${old.suffix} TO trail_writer`);
  const kept = (await countIn('audit_entry')) - 3;
  expect(await runTask('old-audit-partitions')).toBe(1);
  expect([await countIn(`detached_audit_entry_${old.suffix}`), await countIn('audit_entry')]).toEqual([3, kept]);
  expect([await exists(`audit_entry_${old.suffix}`), await countIn(`audit_entry_${lastKept.suffix}`)]).toEqual([false, 3]);
  const [may] = await database.raw(
    `SELECT has_table_privilege('trail_writer', $1, 'SELECT') AS read, has_table_privilege('trail_writer', $1, 'INSERT, UPDATE, DELETE') AS write`,
    [`detached_audit_entry_${old.suffix}`],
  );
  await database.raw('DROP OWNED BY trail_writer');
  await database.raw('DROP ROLE trail_writer');
  expect(may).toEqual({ read: true, write: false });
  await database.raw(AUDIT, [`${old.day} 00:00:00+00`, 1]);
  await runTask('partitions');
  expect(await runTask('old-audit-partitions')).toBe(1);
  expect(await countIn(`detached_audit_entry_${old.suffix}_2`)).toBe(1);
  expect(await runTask('old-audit-partitions')).toBe(0);
  const past = await monthOf(-5); // from the test above
  expect(await runTask('old-outbox-partitions')).toBe(1);
  expect(await countIn(`detached_outbox_event_${past.suffix}`)).toBe(7);
});

test.each([['audit_entry', 11], ['outbox_event', 0], ['customer', 84]])('%s is not cut to %i months', async (table, months) => {
  await expect(database.raw('SELECT detach_partitions($1, $2)', [table, months])).rejects.toMatchObject({ code: '22023' });
}); // prettier-ignore
