import type { Transaction } from '../../../data/connection/core-database';
import type { ProcessEngine, ProcessStatus } from '../../../data/engine/process-engine';
import { deleteIdempotencyKeysBefore } from '../../../data/operation/idempotency/idempotency-key';
import { detachPartitions, ensurePartitions, type MonthlyTable } from '../../../data/operation/maintenance/maintenance-task';
import type { Instant } from '../../../kernel/clock';
import { turnOverElapsed } from '../../component/number';
import { deleteSessionsBefore } from '../../component/staff';
import type { MaintenanceTask } from './maintenance-task';

/** How long what has served its purpose is kept. */
export interface Retention {
  readonly idempotencyKeyDays: number;
  readonly sessionDays: number;
  readonly workflowDays: number;
  /** Whole months before the current one. What is older is detached (分区脱离), not deleted. */
  readonly auditMonths: number;
  readonly outboxMonths: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const BATCH = 5_000;
const MONTHS_AHEAD = 3;

/** What every operator's database needs, whatever business is on it. */
export function standingTasks(retention: Retention): readonly MaintenanceTask[] {
  return [
    deleting('idempotency-keys', retention.idempotencyKeyDays, deleteIdempotencyKeysBefore),
    deleting('sessions', retention.sessionDays, deleteSessionsBefore),
    {
      name: 'elapsed-numbers',
      everyMs: MINUTE_MS,
      run: async (transaction, now) => {
        const rows = await turnOverElapsed(transaction, now, BATCH);
        return { rows, more: rows === BATCH };
      },
    },
    {
      name: 'partitions',
      everyMs: 24 * HOUR_MS,
      run: async (transaction) => {
        const rows = await ensurePartitions(transaction, MONTHS_AHEAD);
        return { rows, more: rows > 0 };
      },
    },
    detaching('old-audit-partitions', 'audit_entry', retention.auditMonths),
    detaching('old-outbox-partitions', 'outbox_event', retention.outboxMonths),
  ];
}

type DeleteBefore = (transaction: Transaction, before: Instant, limit: number) => Promise<number>;

function deleting(name: string, keptDays: number, deleteBefore: DeleteBefore): MaintenanceTask {
  return {
    name,
    everyMs: HOUR_MS,
    run: async (transaction, now) => {
      const rows = await deleteBefore(transaction, daysBefore(now, keptDays), BATCH);
      return { rows, more: rows === BATCH };
    },
  };
}

function detaching(name: string, table: MonthlyTable, monthsKept: number): MaintenanceTask {
  return {
    name,
    everyMs: 24 * HOUR_MS,
    run: async (transaction) => ({ rows: await detachPartitions(transaction, table, monthsKept), more: false }),
  };
}

/** How far back a look for parked workflows goes: over any pause between two looks. */
const PARKED_WITHIN_DAYS = 1;

/**
 * The upkeep of the durable engine. `onParked` is told of workflows that were parked in the last day: they kill the processes
 * that run them, and need a person. Of each one once in this process; so again, as a reminder, after a restart.
 */
export function engineTasks(
  engine: ProcessEngine,
  retention: Retention,
  onParked: (workflows: readonly ProcessStatus[]) => void,
): readonly MaintenanceTask[] {
  let told: ReadonlySet<string> = new Set();
  return [
    {
      name: 'ended-workflows',
      everyMs: HOUR_MS,
      // On the engine's own connection; the claim in this transaction only keeps others from doing the same.
      run: async (_transaction, now) => {
        const rows = await engine.deleteEndedBefore(daysBefore(now, retention.workflowDays));
        return { rows, more: rows > 0 };
      },
    },
    {
      name: 'parked-workflows',
      everyMs: MINUTE_MS,
      run: async (_transaction, now) => {
        const parked = await engine.parkedSince(daysBefore(now, PARKED_WITHIN_DAYS));
        const news = parked.filter((workflow) => !told.has(workflow.workflowId));
        if (news.length > 0) onParked(news);
        told = new Set(parked.map((workflow) => workflow.workflowId));
        return { rows: parked.length, more: false };
      },
    },
  ];
}

function daysBefore(now: Instant, days: number): Instant {
  return now.subtract({ hours: 24 * days });
}
