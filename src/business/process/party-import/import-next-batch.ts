import type { CallContext } from '../../context';
import { execute } from '../../execute';
import { selectImportJobsById } from '../../../data/operation/party-import/select-import-jobs';
import type { Lease } from '../../../data/operation/party-import/write-import-job';
import { newId, type Id } from '../../../kernel/id';
import { ok, type Result } from '../../../kernel/result';
import { importParties, type BatchOutcome } from './import-parties';
import { refuseImport, type ImportRefusal } from './refusals';
import { FileChanged, type RowSource } from './row-source';
import { stopImportJob } from './stop-import-job';

/** How many rows one transaction imports: some 100 ms of work, which is all that a kill can undo. */
export const BATCH_ROWS = 500;

/** How long a runner may be silent before another takes his job. One batch must fit in. */
export const LEASE_MS = 10_000;

/** How often a batch is tried whose generated numbers others took meanwhile. */
const RACES_MAX = 5;

export interface BatchRequest extends Lease {
  /** It need not be the job's creator: whoever runs the job claimed it. */
  readonly context: CallContext;
  readonly importJobId: Id<'importJob'>;
  readonly source: RowSource;
  readonly batchRows: number;
}

/**
 * Imports the next rows of a job that the runner has claimed. Everything that it needs to go on is in the job, so that each
 * call may be in another process: a durable workflow calls it until the state is no longer RUNNING.
 */
export async function importNextBatch(request: BatchRequest): Promise<Result<BatchOutcome, ImportRefusal>> {
  const { context, importJobId, source, batchRows, runner, leaseMs } = request;
  const [job] = await selectImportJobsById(context, [importJobId]);
  if (job === undefined) return refuseImport('NOT_FOUND', 'importJobId');
  if (job.state === 'COMPLETED' || job.state === 'FAILED') return ok({ state: job.state });
  const batch = await source.read(job.position, batchRows).catch((error: unknown) => {
    if (error instanceof FileChanged) return error;
    throw error;
  });
  if (batch instanceof FileChanged) return giveUp(request);
  const input = { ...batch, begin: job.position, importJobId, runner, leaseMs };
  for (let race = 1; ; race += 1) {
    const result = await execute(context, importParties, input, `${importJobId}:${job.position.bytes}`);
    const raced = !result.ok && result.refusals.some(({ code }) => code === 'IDENTIFIERS_RACED');
    if (!raced || race === RACES_MAX) return result;
  }
}

async function giveUp({ context, importJobId, runner }: BatchRequest): Promise<Result<BatchOutcome, ImportRefusal>> {
  const stopped = await execute(context, stopImportJob, { importJobId, runner, failureCode: 'FILE_CHANGED' }, `stop:${newId('event')}`);
  return stopped.ok ? ok({ state: 'FAILED' }) : stopped;
}
