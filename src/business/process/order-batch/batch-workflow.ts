import { selectOrderBatchesById } from '../../../data/operation/order-batch/select-order-batches';
import type { OrderBatchState } from '../../../data/operation/order-batch/order-batch';
import type { ProcessEngine } from '../../../data/engine/process-engine';
import { defineWorkflow, type Workflow } from '../../../data/engine/workflow';
import type { CoreDatabase } from '../../context';
import type { UseCase } from '../../execute';
import type { Clock } from '../../../kernel/clock';
import { Failure } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import { programContext } from '../program-context';
import { beginBatch, type BatchMoved, type BatchToBegin } from './batch-course';
import { readGrants } from './grants';
import type { BatchRefusal } from './refusals';
import { runOrderBatch } from './run-order-batch';

type WorkflowInput = { readonly orderBatchId: string };

const WORKFLOW_NAME = 'orderBatch';

/** Rows in one step: what a step's own record costs is then lost in what it does. */
const ROWS_OF_A_STEP = 50;

/** An outage is waited out for some minutes; what is left then goes on when somebody starts the batch again. */
const RETRY = { attemptsMax: 8, firstWaitMs: 1_000 } as const;

/**
 * Runs a batch in the worker, step by step. Where a worker dies, another takes the workflow up under the same id, which is the runner's
 * name, and goes on behind the last row that was committed.
 */
export function orderBatchWorkflow({
  database,
  clock,
}: {
  database: CoreDatabase;
  clock: Clock;
}): Workflow<WorkflowInput, OrderBatchState> {
  return defineWorkflow(WORKFLOW_NAME, async (step, input) => {
    const orderBatchId = input.orderBatchId as Id<'orderBatch'>;
    for (let n = 0; ; n += 1) {
      const work = async (): Promise<OrderBatchState> => {
        const system = programContext(
          database,
          clock,
          { kind: 'SYSTEM', id: WORKFLOW_NAME, clientId: WORKFLOW_NAME, address: null },
          step.workflowId,
        );
        const [batch] = await selectOrderBatchesById(system, [orderBatchId]);
        if (batch === undefined) throw new Failure('BAD_USER_INPUT', 'There is no such batch of orders.');
        // He may by now do less than he might when he had it begun: that does not stop a batch under way, `stopOrderBatch` does.
        const actor = { ...batch.actor, clientId: WORKFLOW_NAME, address: null };
        const context = { ...programContext(database, clock, actor, step.workflowId), scope: readGrants(batch.grants) };
        const result = await runOrderBatch({ context, orderBatchId, runner: step.workflowId, rowsMax: ROWS_OF_A_STEP });
        return result.ok ? result.value : 'STOPPED';
      };
      const state = await step.run(`rows ${n}`, work, RETRY);
      if (state !== 'RUNNING') return state;
    }
  });
}

/** Has a worker accept the orders of a batch 启动批量受理: it is enqueued exactly when this commits, and nobody else is at it until it is stopped. */
export function startOrderBatch(
  engine: ProcessEngine,
  workflow: Workflow<WorkflowInput, OrderBatchState>,
): UseCase<BatchToBegin, BatchMoved, BatchRefusal> {
  return {
    name: 'startOrderBatch',
    permission: 'order:batch',
    run: (unit, input) =>
      beginBatch(unit, input, {
        newRunner: async () => {
          const workflowId = `${WORKFLOW_NAME}:${newId('event')}`;
          await engine.enqueue(unit.transaction, workflow, { orderBatchId: input.orderBatchId }, { workflowId });
          return workflowId;
        },
      }),
  };
}
