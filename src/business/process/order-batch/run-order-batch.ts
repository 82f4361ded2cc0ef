import type { OrderBatchState } from '../../../data/operation/order-batch/order-batch';
import { selectWaitingRows } from '../../../data/operation/order-batch/write-order-batch';
import type { CallContext } from '../../context';
import { execute } from '../../execute';
import { Failure } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import { ok, type Refusal, type Result } from '../../../kernel/result';
import { acceptBatchRow, type RowOfBatch } from './accept-batch-row';
import { claimOrderBatch } from './claim-order-batch';
import { completeOrderBatch } from './complete-order-batch';
import { noteRefusedRow } from './note-refused-row';
import { refuseBatchRow, type BatchRefusal } from './refusals';

export interface BatchRun {
  /** With what he may do who had the batch begun. */
  readonly context: CallContext;
  readonly orderBatchId: Id<'orderBatch'>;
  readonly runner: string;
  /** Returns after so many rows, the batch still RUNNING, for the same runner to go on. */
  readonly rowsMax?: number;
  /** Told after each row. */
  readonly onProgress?: () => void;
  /** Returns behind the row that is under way. */
  readonly signal?: AbortSignal;
}

/** How many rows are looked for at once. */
const PAGE = 100;

/**
 * Accepts the rows of a batch one after the other, each in a unit of its own, from where it stands to its end. It may be killed at any
 * instant and be run again, here or elsewhere: what was accepted is not accepted twice.
 */
export async function runOrderBatch(run: BatchRun): Promise<Result<OrderBatchState, BatchRefusal>> {
  const { context, orderBatchId, runner, rowsMax = Infinity, signal, onProgress } = run;
  const claimed = await execute(context, claimOrderBatch, { orderBatchId, runner }, `claim:${newId('event')}`);
  if (!claimed.ok) return claimed;
  if (!claimed.value.given) return ok(claimed.value.state);
  let done = 0;
  for (;;) {
    const rows = await selectWaitingRows(context, orderBatchId, Math.min(PAGE, rowsMax - done));
    for (const row of rows) {
      if (signal?.aborted === true) return ok('RUNNING');
      const taken = await acceptRow(context, { orderBatchId, row, runner });
      if (!taken) return ok('STOPPED');
      onProgress?.();
      done += 1;
    }
    if (rows.length === 0) break;
    if (done >= rowsMax) return ok('RUNNING');
  }
  const completed = await execute(context, completeOrderBatch, { orderBatchId, runner }, `complete:${newId('event')}`);
  if (completed.ok) return ok(completed.value.state);
  return completed.refusals.some(({ code }) => code === 'BATCH_TAKEN_OVER') ? ok('STOPPED') : completed;
}

/** @returns false when the batch is no longer this runner's */
async function acceptRow(context: CallContext, row: RowOfBatch): Promise<boolean> {
  const refusals = await refusalsOf(context, row);
  if (refusals === undefined) return true;
  if (isTakenOver(refusals)) return false;
  const noted = await execute(context, noteRefusedRow, { ...row, refusals }, `refuse:${newId('event')}`);
  return noted.ok || !isTakenOver(noted.refusals);
}

/** Why the row was refused; undefined when it was accepted. What is wrong with the system for now is thrown: it is tried again. */
async function refusalsOf(context: CallContext, row: RowOfBatch): Promise<readonly Refusal[] | undefined> {
  try {
    const accepted = await execute(context, acceptBatchRow, row, `accept:${newId('event')}`);
    return accepted.ok ? undefined : accepted.refusals;
  } catch (error) {
    if (error instanceof Failure && PASSES.has(error.code)) throw error;
    return refuseBatchRow('ROW_BROKEN', undefined, { trace: context.traceId }).refusals;
  }
}

const PASSES: ReadonlySet<string> = new Set(['DEPENDENCY_UNAVAILABLE', 'DEADLINE_EXCEEDED', 'IDEMPOTENCY_IN_PROGRESS', 'THROTTLED']);

function isTakenOver(refusals: readonly Refusal[]): boolean {
  return refusals.some(({ code }) => code === 'BATCH_TAKEN_OVER');
}
