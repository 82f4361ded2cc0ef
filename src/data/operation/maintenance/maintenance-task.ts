import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';

/**
 * Claims the task for this transaction when it is due: when it never ran, or ended last at least `everyMs` ago by the
 * database's clock. The row's lock is the claim; nobody waits for it, and a process that dies gives it back.
 */
export async function claimDueTask(transaction: Transaction, name: string, everyMs: number): Promise<boolean> {
  // First without writing: most often the answer is no.
  const known = await transaction.query<{ due: boolean }>(sql`
    SELECT finished_at <= clock_timestamp() - make_interval(secs => ${everyMs / 1_000}::double precision) AS due
    FROM maintenance_task WHERE name = ${name}`);
  if (known[0]?.due === false) return false;
  if (known.length === 0) {
    await transaction.query(sql`INSERT INTO maintenance_task (name, finished_at) VALUES (${name}, '-infinity') ON CONFLICT DO NOTHING`);
  }
  const claimed = await transaction.query(sql`
    SELECT 1 AS claimed FROM maintenance_task
    WHERE name = ${name} AND finished_at <= clock_timestamp() - make_interval(secs => ${everyMs / 1_000}::double precision)
    FOR UPDATE SKIP LOCKED`);
  return claimed.length > 0;
}

/** The claimed task has nothing left to do until it is due again. */
export async function finishTask(transaction: Transaction, name: string): Promise<void> {
  await transaction.query(sql`UPDATE maintenance_task SET finished_at = clock_timestamp() WHERE name = ${name}`);
}

/**
 * Makes the partitions that the coming months need; returns how many it made. Where rows of a month lie in the default
 * partition, one call moves those of one month: nothing is left once it returns 0.
 */
export async function ensurePartitions(transaction: Transaction, monthsAhead: number): Promise<number> {
  const [row] = await transaction.query<{ made: number }>(sql`SELECT ensure_partitions(${monthsAhead}) AS made`);
  return row?.made ?? 0;
}

/** A table with one partition for each month. */
export type MonthlyTable = 'audit_entry' | 'outbox_event';

/**
 * Detaches the months before the kept ones, the current one not counted, and renames them to `detached_…`; nothing is deleted.
 * Returns how many months it took out.
 */
export async function detachPartitions(transaction: Transaction, table: MonthlyTable, monthsKept: number): Promise<number> {
  const [row] = await transaction.query<{ detached: number }>(sql`SELECT detach_partitions(${table}, ${monthsKept}::integer) AS detached`);
  return row?.detached ?? 0;
}
