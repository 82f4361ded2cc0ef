import { setTimeout as sleep } from 'node:timers/promises';
import type { CallContext } from '../../context';
import { execute } from '../../execute';
import type { ImportJob } from '../../../data/operation/party-import/import-job';
import { selectImportJobsById } from '../../../data/operation/party-import/select-import-jobs';
import { invariant } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import { ok, type Result } from '../../../kernel/result';
import { claimImportJob } from './claim-import-job';
import { BATCH_ROWS, importNextBatch, LEASE_MS } from './import-next-batch';
import { refuseImport, type ImportRefusal } from './refusals';
import type { RowSource } from './row-source';
import { stopImportJob } from './stop-import-job';

/** How far an import is. Bytes say how much is left: how many rows a file has is known at its end. */
export interface ImportProgress {
  readonly bytes: number;
  readonly totalBytes: number;
  readonly rows: number;
  readonly customers: number;
  readonly rejectedRows: number;
}

export interface ImportRequest {
  readonly context: CallContext;
  readonly importJobId: Id<'importJob'>;
  readonly source: RowSource;
  /** Told after each batch. */
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Stops the import behind the batch that is under way. */
  readonly signal?: AbortSignal;
  readonly batchRows?: number;
  readonly leaseMs?: number;
  /** Goes on as this runner, who may have been another process before. A new one, when not given. */
  readonly runner?: string;
  /** Whether the runner was at work on it already: a job that somebody stopped meanwhile stays stopped. */
  readonly continuing?: boolean;
  /** The runner is a workflow: it works only while it is the one that was asked to. */
  readonly asked?: boolean;
  /** Returns after so many batches, the job still RUNNING, for the same runner to go on. */
  readonly batchesMax?: number;
}

/** How often it is looked whether another runner has moved on. */
const LOOK_AGAIN_MS = 500;

/**
 * Runs an import to its end, from where it stands: its beginning, or where it was stopped or killed. A job that has been
 * completed is answered as it is, and nothing is changed.
 * @returns the job as it then is; or why it cannot run: IMPORT_UNDER_WAY, IMPORT_TAKEN_OVER, NOT_FOUND, IDENTIFIERS_RACED
 */
export async function runPartyImport(request: ImportRequest): Promise<Result<ImportJob, ImportRefusal>> {
  const { context, importJobId, source, signal, batchRows = BATCH_ROWS, leaseMs = LEASE_MS, batchesMax = Infinity, onProgress } = request;
  const runner = request.runner ?? newId('event');
  const claimed = await claim(request, { runner, leaseMs });
  if (!claimed.ok) return claimed;
  if (!claimed.value) return ok(await readJob(context, importJobId));
  for (let batches = 0; signal?.aborted !== true; batches += 1) {
    if (batches === batchesMax) return ok(await readJob(context, importJobId));
    const batch = await importNextBatch({ context, importJobId, source, batchRows, runner, leaseMs });
    if (!batch.ok) return batch;
    onProgress?.(progressOf(await readJob(context, importJobId)));
    if (batch.value.state !== 'RUNNING') return ok(await readJob(context, importJobId));
  }
  await execute(context, stopImportJob, { importJobId, runner, failureCode: null }, `stop:${newId('event')}`);
  return ok(await readJob(context, importJobId));
}

/**
 * Takes the job. Where another runner holds it, waits as long as he may be silent: one who was killed shows himself no more,
 * one who is at work does.
 * @returns whether there is anything to do
 */
async function claim(
  { context, importJobId, signal, continuing = false, asked = false }: ImportRequest,
  lease: { readonly runner: string; readonly leaseMs: number },
): Promise<Result<boolean, ImportRefusal>> {
  let held: string | undefined;
  for (;;) {
    const claimed = await execute(context, claimImportJob, { importJobId, continuing, asked, ...lease }, `claim:${newId('event')}`);
    if (!claimed.ok) return claimed;
    const { given, state, heldMs, progress } = claimed.value;
    if (given) return ok(true);
    if (state !== 'RUNNING') return ok(false);
    if (held !== undefined && held !== progress) return refuseImport('IMPORT_UNDER_WAY', 'importJobId');
    held = progress;
    if (!(await waited(Math.min(heldMs + 20, LOOK_AGAIN_MS), signal))) return refuseImport('IMPORT_UNDER_WAY', 'importJobId');
  }
}

async function waited(milliseconds: number, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await sleep(milliseconds, undefined, signal === undefined ? {} : { signal });
    return true;
  } catch {
    return false;
  }
}

async function readJob(context: CallContext, importJobId: Id<'importJob'>): Promise<ImportJob> {
  const [job] = await selectImportJobsById(context, [importJobId]);
  invariant(job !== undefined, 'an import job is never deleted');
  return job;
}

function progressOf({ position, fileBytes, customers, rejectedRows }: ImportJob): ImportProgress {
  return { bytes: position.bytes, totalBytes: fileBytes, rows: position.row, customers, rejectedRows };
}
