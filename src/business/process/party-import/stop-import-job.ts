import type { UseCase } from '../../execute';
import type { ImportState } from '../../../data/operation/party-import/import-job';
import { endRun, lockImportJob } from '../../../data/operation/party-import/write-import-job';
import { managingNode } from '../../component/organisation';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import { recordEnd } from './record-end';
import { refuseImport, type ImportRefusal } from './refusals';

export interface StopImportJobInput {
  readonly importJobId: Id<'importJob'>;
  /** Stops only what this runner is at; null: whoever is at work is told at his next batch. */
  readonly runner: string | null;
  /** Why it cannot go on; null when it was stopped by somebody, and can. */
  readonly failureCode: 'FILE_CHANGED' | null;
}

/**
 * Stops an import 停止导入 behind its last batch: it waits for the one that is under way, and whoever is at work, or was asked to
 * be, is told when he comes for the next. What was imported stays; starting it again goes on from there. To stop, a grant of
 * some lines of business is enough.
 */
export const stopImportJob: UseCase<StopImportJobInput, { readonly state: ImportState }, ImportRefusal> = {
  name: 'stopImportJob',
  permission: 'import:run',
  async run(unit, { importJobId, runner, failureCode }) {
    const job = await lockImportJob(unit.transaction, importJobId);
    if (job === undefined || (await managingNode(unit, job.organisationId, 'import:run', refuseImport)) !== undefined) {
      return refuseImport('NOT_FOUND', 'importJobId');
    }
    if (job.state === 'COMPLETED' || job.state === 'FAILED') return refuseImport('IMPORT_ENDED', 'importJobId');
    if (runner !== null && job.runner !== runner) return refuseImport('IMPORT_TAKEN_OVER', 'runner');
    const end = { state: failureCode === null ? 'STOPPED' : 'FAILED', failureCode } as const;
    await endRun(unit.transaction, job.id, end, unit.now);
    recordEnd(unit, job, end);
    return ok({ state: end.state });
  },
};
