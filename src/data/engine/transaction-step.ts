import { setTimeout as sleep } from 'node:timers/promises';
import { DBOS } from '@dbos-inc/dbos-sdk';
import { assertStillOwnsWorkflow, registerDataSource, runTransaction } from '@dbos-inc/dbos-sdk/datasource';
import { Failure, invariant } from '../../kernel/failure';
import type { Json } from '../../kernel/stable-json';
import type { CoreDatabase, Transaction } from '../connection/core-database';
import { isConnectionLost } from '../connection/postgres-failure';
import { sql } from '../connection/sql';

const DATA_SOURCE = 'core';

/** How often a step is tried that meets a lock or a full pool; after that its failure is the step's outcome. */
const ATTEMPTS_MAX = 5;
const WAIT_MS_MAX = 1_000;

type Work<Value> = (transaction: Transaction) => Promise<Value>;

/** Tells the engine how a step runs in a transaction of the core. Once in a process, before the engine is launched. */
export function registerTransactionSteps(core: CoreDatabase): void {
  registerDataSource({
    name: DATA_SOURCE,
    initialize: () => Promise.resolve(),
    destroy: () => Promise.resolve(),
    invokeTransactionFunction: <This, Args extends unknown[], Value>(
      _configuration: unknown,
      _target: This,
      work: (this: This, ...args: Args) => Promise<Value>,
      ..._args: Args
    ) => runStep(core, work as unknown as Work<Value>), // as runTransactionStep gave it
    deleteCheckpoints: async (workflowId, fromStep, beforeCommit) => {
      await core.transaction(async (transaction) => {
        await transaction.query(sql`
          DELETE FROM dbos.transaction_completion WHERE workflow_id = ${workflowId} AND function_num >= ${fromStep}`);
        await beforeCommit?.();
        return { commit: true, value: undefined };
      });
    },
  });
}

/** Runs a transactional step of the workflow that is running now. */
export function runTransactionStep<Value extends Json | void>(name: string, work: Work<Value>): Promise<Value> {
  // The engine knows no argument; the data source above gives it the transaction.
  return runTransaction(work as unknown as () => Promise<Value>, name, { dsName: DATA_SOURCE });
}

/**
 * Until the step has an outcome. Trying again is safe in any case, also after a COMMIT whose answer was lost: each attempt
 * first looks whether the step is recorded.
 */
async function runStep<Value>(core: CoreDatabase, work: Work<Value>): Promise<Value> {
  for (let attempt = 1, transient = 0; ; attempt += 1) {
    try {
      const end = await attemptStep(core, work);
      if (end.recorded) return end.value;
    } catch (error) {
      const obstacle = obstacleOf(error);
      if (obstacle === undefined) throw error;
      // An outage has no bound: giving up would have to be recorded in the very database that is away.
      if (obstacle === 'TRANSIENT' && (transient += 1) >= ATTEMPTS_MAX) throw error;
    }
    // Unreferenced, so that a process that is told to end is not held up by a database that is away.
    await sleep(Math.min(WAIT_MS_MAX, 25 * 2 ** Math.min(attempt, 10)), undefined, { ref: false });
  }
}

async function attemptStep<Value>(core: CoreDatabase, work: Work<Value>): Promise<{ recorded: true; value: Value } | { recorded: false }> {
  const workflowId = DBOS.workflowID;
  const step = DBOS.stepID;
  invariant(workflowId !== undefined && step !== undefined, 'a transactional step outside a workflow');
  const end = await core.transaction<{ recorded: true; value: Value } | { recorded: false }>(async (transaction) => {
    const [earlier] = await transaction.query<{ output: string | null }>(sql`
      SELECT output FROM dbos.transaction_completion WHERE workflow_id = ${workflowId} AND function_num = ${step}`);
    if (earlier !== undefined) {
      return { commit: false, value: { recorded: true, value: (earlier.output === null ? null : JSON.parse(earlier.output)) as Value } };
    }
    const value = await work(transaction);
    const output = value === undefined ? null : JSON.stringify(value);
    const inserted = await transaction.query(sql`
      INSERT INTO dbos.transaction_completion (workflow_id, function_num, output) VALUES (${workflowId}, ${step}, ${output})
      ON CONFLICT DO NOTHING RETURNING 1 AS inserted`);
    // Someone else ran the same step meanwhile: ours leaves nothing behind, and the next attempt reads theirs.
    if (inserted.length === 0) return { commit: false, value: { recorded: false } };
    // After the insert, for which whoever takes this workflow from us must wait: a process that was thought dead and wakes
    // up in the middle of a step finds here that the workflow is not its own any more, and commits nothing.
    await assertStillOwnsWorkflow(workflowId);
    return { commit: true, value: { recorded: true, value } };
  });
  return end.value;
}

function obstacleOf(error: unknown): 'OUTAGE' | 'TRANSIENT' | undefined {
  if (!(error instanceof Failure)) return isConnectionLost(error) ? 'OUTAGE' : undefined;
  if (error.code === 'DEADLINE_EXCEEDED') return 'TRANSIENT';
  if (error.code !== 'DEPENDENCY_UNAVAILABLE') return undefined;
  return error.details['reason'] === 'DATABASE_UNREACHABLE' ? 'OUTAGE' : 'TRANSIENT';
}
