import { DBOSClient, type WorkflowStatus } from '@dbos-inc/dbos-sdk';
import type { Pool } from 'pg';
import type { Instant } from '../../kernel/clock';
import type { Json } from '../../kernel/stable-json';
import { asFailure } from '../connection/postgres-failure';
import type { Transaction } from '../connection/core-database';
import { APPLICATION, APPLICATION_VERSION, loggerOf, openEnginePool, QUEUE, SCHEMA, type EngineLog } from './engine-settings';
import { LAST_PRIORITY } from './enqueue-workflow';
import type { Workflow } from './workflow';

export type ProcessState =
  /** In the queue. */
  | 'WAITING'
  | 'RUNNING'
  | 'DONE'
  /** Its body threw. */
  | 'FAILED'
  /** Too many processes died with it; it is not run again by itself. */
  | 'PARKED'
  | 'CANCELLED';

export interface ProcessStatus {
  readonly workflowId: string;
  readonly workflow: string;
  readonly state: ProcessState;
  /** How often it was started, by any process. */
  readonly attempts: number;
  /** When DONE: what the body returned. */
  readonly output: Json;
  /** When FAILED: an error that went through the database keeps its code, not its class. */
  readonly failure: { readonly code: string | null; readonly message: string } | null;
}

/** How many workflows one statement deletes or lists. */
const BATCH = 500;

/**
 * The durable engine as every process sees it: what is enqueued here is run by some worker, once, whatever dies meanwhile.
 * It starts nothing in this process (see EngineWorker).
 */
export class ProcessEngine {
  private constructor(
    private readonly client: DBOSClient,
    private readonly pool: Pool,
  ) {}

  /** Does not fail when the server is away: it connects when it is asked something. */
  public static async open(url: string, poolSize: number, log: EngineLog): Promise<ProcessEngine> {
    const pool = openEnginePool(url, poolSize, (error) => log('warn', `a connection of the engine was lost: ${error.message}`));
    const client = await DBOSClient.create({
      systemDatabaseUrl: url,
      systemDatabasePool: pool,
      systemDatabaseSchemaName: SCHEMA,
      applicationName: APPLICATION,
      logger: loggerOf(log),
    });
    return new ProcessEngine(client, pool);
  }

  /**
   * Enqueues within the caller's transaction: it runs if, and only if, that commits. Enqueuing the same id again does
   * nothing, so the id is what makes it happen once. It waits behind whatever has a priority of its own.
   */
  public async enqueue<Input extends Json, Output extends Json | void>(
    transaction: Transaction,
    workflow: Workflow<Input, Output>,
    input: Input,
    { workflowId }: { readonly workflowId: string },
  ): Promise<void> {
    const options = {
      queueName: QUEUE, workflowName: workflow.name, workflowID: workflowId, appVersion: APPLICATION_VERSION, priority: LAST_PRIORITY,
    }; // prettier-ignore
    try {
      await this.client.enqueueInTransaction<(given: Input) => Promise<Output>>(await transaction.connection(), options, input);
    } catch (error) {
      throw asFailure(error);
    }
  }

  /** `undefined` when it never was, or was forgotten (see deleteEndedBefore). */
  public async status(workflowId: string): Promise<ProcessStatus | undefined> {
    const found = await this.asking(() => this.client.getWorkflow(workflowId));
    return found === undefined ? undefined : statusOf(found);
  }

  /** The newest workflows that were parked at or after the instant, at most 500. */
  public async parkedSince(since: Instant): Promise<readonly ProcessStatus[]> {
    const completedAfter = since.toString();
    const found = await this.asking(() =>
      this.client.listWorkflows({
        status: 'MAX_RECOVERY_ATTEMPTS_EXCEEDED',
        completedAfter,
        limit: BATCH,
        sortDesc: true,
        loadInput: false,
      }),
    );
    return found.map(statusOf);
  }

  /**
   * Forgets workflows that ended before the instant, at most 500 at a time; the parked ones stay until someone has looked.
   * @returns how many went
   */
  public async deleteEndedBefore(before: Instant): Promise<number> {
    return this.asking(async () => {
      const ended = await this.client.listWorkflows({
        status: ['SUCCESS', 'ERROR', 'CANCELLED'],
        completedBefore: before.toString(),
        limit: BATCH,
        loadInput: false,
        loadOutput: false,
      });
      const ids = ended.map((workflow) => workflow.workflowID);
      if (ids.length === 0) return 0;
      await this.pool.query(`DELETE FROM ${SCHEMA}.transaction_completion WHERE workflow_id = ANY($1)`, [ids]);
      await this.client.deleteWorkflows(ids);
      return ids.length;
    });
  }

  private async asking<Value>(ask: () => Promise<Value>): Promise<Value> {
    try {
      return await ask();
    } catch (error) {
      throw asFailure(error);
    }
  }

  public async close(): Promise<void> {
    await this.client.destroy();
    await this.pool.end();
  }
}

function statusOf(found: WorkflowStatus): ProcessStatus {
  const failure = found.error === undefined || found.error === null ? null : (found.error as { code?: unknown; message?: unknown });
  return {
    workflowId: found.workflowID,
    workflow: found.workflowName,
    state: stateOf(found.status),
    attempts: found.recoveryAttempts ?? 0,
    output: (found.output ?? null) as Json,
    failure: failure && { code: typeof failure.code === 'string' ? failure.code : null, message: String(failure.message ?? found.error) },
  };
}

function stateOf(status: string): ProcessState {
  switch (status) {
    case 'ENQUEUED':
    case 'DELAYED':
      return 'WAITING';
    case 'PENDING':
      return 'RUNNING';
    case 'SUCCESS':
      return 'DONE';
    case 'ERROR':
      return 'FAILED';
    case 'MAX_RECOVERY_ATTEMPTS_EXCEEDED':
      return 'PARKED';
    case 'CANCELLED':
      return 'CANCELLED';
    default:
      throw new Error(`invariant broken: unknown state of a workflow: ${status}`);
  }
}
