import type { UseCase } from '../../execute';
import { giveToRunner, lockImportJob, type Lease } from '../../../data/operation/party-import/write-import-job';
import type { ImportState } from '../../../data/operation/party-import/import-job';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import { importingNodeOfJob } from './importing-node';
import { refuseImport, type ImportRefusal } from './refusals';

export interface ClaimImportJobInput extends Lease {
  readonly importJobId: Id<'importJob'>;
  /** The caller was at work on it already: a job that somebody stopped meanwhile stays stopped. */
  readonly continuing: boolean;
  /** The runner is a workflow: it takes the job only while it is the one that was asked to, and nobody has stopped it since. */
  readonly asked: boolean;
}

/**
 * `given`: the caller is at work on the job now. Otherwise there is nothing to do in its state, or, when that is RUNNING, another
 * runner holds it for `heldMs` yet; he is at work when `progress` changes.
 */
export type ClaimedImportJob = { readonly given: boolean; readonly state: ImportState; readonly heldMs: number; readonly progress: string };

/** Takes a job to work on. One that failed for too many rejects, or whose file had gone, can be taken up again. */
export const claimImportJob: UseCase<ClaimImportJobInput, ClaimedImportJob, ImportRefusal> = {
  name: 'claimImportJob',
  permission: 'import:run',
  async run(unit, { importJobId, runner, leaseMs, continuing, asked }) {
    const job = await lockImportJob(unit.transaction, importJobId);
    if (job === undefined) return refuseImport('NOT_FOUND', 'importJobId');
    const refused = await importingNodeOfJob(unit, job.organisationId);
    if (refused !== undefined) return refused;
    const { state } = job;
    const progress = `${job.runner ?? ''} ${job.position.bytes}`;
    if (state === 'COMPLETED' || (continuing && state !== 'RUNNING')) return ok({ given: false, state, heldMs: 0, progress });
    if (asked && job.workflowId !== runner) return refuseImport('IMPORT_TAKEN_OVER', 'runner');
    const held = job.runner !== null && job.runner !== runner && job.runnerLeftMs > 0;
    if (held) return ok({ given: false, state: 'RUNNING', heldMs: job.runnerLeftMs, progress });
    await giveToRunner(unit.transaction, job.id, { runner, leaseMs }, unit.now);
    return ok({ given: true, state: 'RUNNING', heldMs: 0, progress });
  },
};
