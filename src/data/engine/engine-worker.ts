import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { DBOS } from '@dbos-inc/dbos-sdk';
import { DBOSExecutor } from '@dbos-inc/dbos-sdk/internal/dbos-executor';
import { dbRetryConfig } from '@dbos-inc/dbos-sdk/internal/utils';
import type { Pool } from 'pg';
import { invariant } from '../../kernel/failure';
import type { CoreDatabase } from '../connection/core-database';
import { APPLICATION, APPLICATION_VERSION, loggerOf, openEnginePool, QUEUE, SCHEMA, type EngineLog } from './engine-settings';
import { registerTransactionSteps } from './transaction-step';
import { BEAT_MS, STALE_AFTER_MS, WorkerLeases } from './worker-lease';
import { makeStep } from './make-step';
import type { AnyWorkflow } from './workflow';

/** What happens in a worker that operations should know of. */
export type EngineEvent =
  /** The workflows of a dead worker went back to the queue. */
  | { readonly kind: 'TAKEN_OVER'; readonly executorId: string; readonly workflows: number }
  /** Workflows that a lost connection had kept from starting went back to the queue. */
  | { readonly kind: 'FOUND_LOST'; readonly workflows: number }
  /** This worker could not say that it lives; others take its work if that goes on. */
  | { readonly kind: 'BEAT_FAILED'; readonly error: unknown };

export interface EngineWorkerOptions {
  readonly url: string;
  /** Where transactional steps run: at least `concurrency` connections, shared with nothing that serves requests. */
  readonly core: CoreDatabase;
  /** Every workflow there is: whatever this process does not know, it could claim and not run. */
  readonly workflows: readonly AnyWorkflow[];
  /** How many workflows run at once in this process. */
  readonly concurrency: number;
  readonly log: EngineLog;
  readonly onEvent: (event: EngineEvent) => void;
}

/** A tenth of a second is what a workflow waits at most before a worker that has room takes it up. */
const POLL_MS = 100;
/** Four for the engine's statements, one that listens for messages. */
const ENGINE_POOL_SIZE = 5;
/** After an outage of the database, work goes on within as long. The engine's own limit is a minute. */
const RETRY_WITHIN_SECONDS = 2;

/** Runs workflows in this process. The engine underneath is one to a process, and so is this. */
export class EngineWorker {
  private static started = false;
  private readonly stopping = new AbortController();
  private beating: Promise<void> = Promise.resolve();
  private lastBeatMs = performance.now();
  /** Since when this process has beaten without a gap. */
  private steadySinceMs = performance.now();

  private constructor(
    /** Unique: with one that comes again, a new process would take an old one's work as its own. */
    public readonly executorId: string,
    private readonly leases: WorkerLeases,
    private readonly pool: Pool,
    private readonly onEvent: (event: EngineEvent) => void,
  ) {}

  /**
   * @throws Error when the database cannot be reached, or its schema is older than this program needs
   */
  public static async start(options: EngineWorkerOptions): Promise<EngineWorker> {
    invariant(!EngineWorker.started, 'the engine was started in this process before');
    EngineWorker.started = true;
    const { url, log } = options;
    const executorId = `${hostname()}.${process.pid}.${randomUUID()}`;
    const onLost = (error: Error): void => log('warn', `a connection of the engine was lost: ${error.message}`);
    const pool = openEnginePool(url, ENGINE_POOL_SIZE, onLost);
    const leases = new WorkerLeases(url, executorId, onLost);
    const worker = new EngineWorker(executorId, leases, pool, options.onEvent);
    try {
      await leases.beat(); // before the first workflow can be claimed
      await launch(options, executorId, pool);
    } catch (error) {
      await Promise.all([leases.close(), pool.end()]);
      throw error;
    }
    worker.beating = worker.beatUntilStopped();
    return worker;
  }

  /** How long ago this worker last said that it lives, in milliseconds. After 6,000 others take its work. */
  public get silentForMs(): number {
    return performance.now() - this.lastBeatMs;
  }

  /**
   * Takes up nothing new and waits for what runs, at most for `drainMs`. What has not ended then goes on in another worker,
   * at its last step, within seconds.
   */
  public async stop(drainMs: number): Promise<void> {
    await DBOS.shutdown({ workflowCompletionTimeoutMS: drainMs });
    this.stopping.abort();
    await this.beating;
    await this.leases.end().catch(() => undefined); // then it runs out by itself
    await Promise.all([this.leases.close(), this.pool.end()]);
  }

  private async beatUntilStopped(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.leases.beat();
        const now = performance.now();
        if (now - this.lastBeatMs > 2 * BEAT_MS) this.steadySinceMs = now;
        this.lastBeatMs = now;
        await this.lookForWork();
      } catch (error) {
        this.steadySinceMs = performance.now();
        this.onEvent({ kind: 'BEAT_FAILED', error });
      }
      await sleep(BEAT_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async lookForWork(): Promise<void> {
    const executor = DBOSExecutor.globalInstance;
    if (executor === undefined || !executor.initialized) return; // draining
    const recover = async (executorId: string): Promise<number> => (await executor.recoverPendingWorkflows([executorId])).length;
    const lostName = `${this.executorId}.lost`;
    if ((await this.leases.disownLost((id) => executor.systemDatabase.checkForRunningWorkflow(id), lostName)) > 0) {
      this.onEvent({ kind: 'FOUND_LOST', workflows: await recover(lostName) });
    }
    // After an outage of the database every lease has run out. Who judges others must have lived through as long a time as
    // they are allowed to be silent, so that they had it too.
    if (performance.now() - this.steadySinceMs < STALE_AFTER_MS) return;
    for (const taken of await this.leases.takeDead(recover)) this.onEvent({ kind: 'TAKEN_OVER', ...taken });
  }
}

async function launch(options: EngineWorkerOptions, executorId: string, pool: Pool): Promise<void> {
  dbRetryConfig.maxBackoffSec = RETRY_WITHIN_SECONDS;
  DBOS.setConfig({
    name: APPLICATION,
    systemDatabaseUrl: options.url,
    systemDatabasePool: pool,
    systemDatabaseSchemaName: SCHEMA,
    executorID: executorId,
    applicationVersion: APPLICATION_VERSION,
    enablePatching: true,
    listenQueues: [QUEUE],
    runMigrations: false,
    logger: loggerOf(options.log),
  });
  registerTransactionSteps(options.core);
  for (const workflow of options.workflows) {
    DBOS.registerWorkflow((input: never) => workflow.run(makeStep(), input), {
      name: workflow.name,
      maxRecoveryAttempts: workflow.recoveriesMax,
    });
  }
  await DBOS.launch();
  await DBOS.registerQueue(QUEUE, {
    workerConcurrency: options.concurrency,
    minPollingIntervalMs: POLL_MS,
    onConflict: 'always_update',
  });
}
