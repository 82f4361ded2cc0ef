import { setTimeout as sleep } from 'node:timers/promises';
import type { CoreDatabase } from '../../../data/connection/core-database';
import { claimDueTask, finishTask } from '../../../data/operation/maintenance/maintenance-task';
import type { Clock } from '../../../kernel/clock';
import type { MaintenanceBatch, MaintenanceTask } from './maintenance-task';

/** For metrics and logs. They must not throw. */
export interface MaintenanceHooks {
  /** A task had its turn in this process. */
  readonly onRan: (task: string, ran: { readonly rows: number; readonly tookMs: number; readonly complete: boolean }) => void;
  /** A batch failed and was rolled back; the task is tried again within a minute. */
  readonly onFailed: (task: string, error: unknown) => void;
}

export interface Maintenance {
  /** Waits for the batches under way. */
  stop(): Promise<void>;
}

/** A batch that runs longer is cancelled on the server. */
const BATCH_WITHIN_MS = 4_000;
/** After that a task gives way, and goes on at its next turn. */
const TURN_WITHIN_MS = 20_000;
/** However seldom a task is due, it is asked for as often: so a failed one, or one whose process died, is not late by a day. */
const ASK_EVERY_MS_MAX = 60_000;

/** Runs the tasks in this process whenever they are due and no other process does. */
export function startMaintenance(
  database: CoreDatabase,
  clock: Clock,
  tasks: readonly MaintenanceTask[],
  hooks: MaintenanceHooks,
): Maintenance {
  // A signal for each: a dozen that wait on one look to Node.js as if listeners had been forgotten.
  const running = tasks.map((task) => {
    const stopping = new AbortController();
    return { stopping, done: runWhenDue({ database, clock, hooks, stop: stopping.signal }, task) };
  });
  return {
    stop: async () => {
      for (const { stopping } of running) stopping.abort();
      await Promise.all(running.map(({ done }) => done));
    },
  };
}

interface Place {
  readonly database: CoreDatabase;
  readonly clock: Clock;
  readonly hooks: MaintenanceHooks;
  readonly stop: AbortSignal;
}

async function runWhenDue(place: Place, task: MaintenanceTask): Promise<void> {
  const { stop } = place;
  while (!stop.aborted) {
    await takeTurn(place, task);
    await sleep(Math.min(task.everyMs, ASK_EVERY_MS_MAX), undefined, { signal: stop }).catch(() => undefined);
  }
}

/** Batch after batch, each in a transaction of its own, until nothing is left or the turn is over. */
async function takeTurn(place: Place, task: MaintenanceTask): Promise<void> {
  const { hooks, stop } = place;
  const beganMs = performance.now();
  let rows = 0;
  try {
    for (;;) {
      const batch = await runBatch(place, task);
      // Not due, or another process is at it; or that one took over between two batches of ours.
      if (batch === undefined) return;
      rows += batch.rows;
      const tookMs = performance.now() - beganMs;
      if (!batch.more || stop.aborted || tookMs > TURN_WITHIN_MS) {
        hooks.onRan(task.name, { rows, tookMs, complete: !batch.more });
        return;
      }
    }
  } catch (error) {
    hooks.onFailed(task.name, error);
  }
}

/** One batch under the task's claim; a task that has more to do stays due. `undefined` when there is nothing to claim. */
async function runBatch({ database, clock }: Place, task: MaintenanceTask): Promise<MaintenanceBatch | undefined> {
  const end = await database.transaction<MaintenanceBatch | undefined>(
    async (transaction) => {
      if (!(await claimDueTask(transaction, task.name, task.everyMs))) return { commit: false, value: undefined };
      const batch = await task.run(transaction, clock.now());
      if (!batch.more) await finishTask(transaction, task.name);
      return { commit: true, value: batch };
    },
    { signal: AbortSignal.timeout(BATCH_WITHIN_MS) },
  );
  return end.value;
}
