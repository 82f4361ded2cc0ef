import type { CoreDatabase } from '../../context';
import { programContext } from '../program-context';
import type { UseCase } from '../../execute';
import type { ProcessEngine } from '../../../data/engine/process-engine';
import { defineWorkflow, type Workflow } from '../../../data/engine/workflow';
import type { ImportJob, ImportState } from '../../../data/operation/party-import/import-job';
import { selectImportJobsById } from '../../../data/operation/party-import/select-import-jobs';
import { awaitWorkflow, lockImportJob } from '../../../data/operation/party-import/write-import-job';
import type { Clock } from '../../../kernel/clock';
import { Failure } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import { importingNodeOfJob } from './importing-node';
import { mappingOf } from './job-mapping';
import type { Mapping } from './mapping';
import { refuseImport, type ImportRefusal } from './refusals';
import type { RowSource } from './row-source';
import { runPartyImport } from './run-party-import';

/** How a worker gets at the file of a job, which some process of the same installation took in. */
export type OpenSource = (job: ImportJob, form: Mapping['file']) => Promise<RowSource>;

type WorkflowInput = { readonly importJobId: string };

/** Batches in one step: what a step's own record costs is then lost in what it does. */
const BATCHES_OF_A_STEP = 20;

/**
 * Runs a job in the worker, step by step. Where a worker dies, another takes the workflow up under the same id, which is the
 * runner's name, and goes on behind the last batch that was committed: a step may be repeated, a batch is not.
 */
export function partyImportWorkflow({
  database,
  clock,
  openSource,
}: {
  database: CoreDatabase;
  clock: Clock;
  openSource: OpenSource;
}): Workflow<WorkflowInput, ImportState> {
  return defineWorkflow(WORKFLOW_NAME, async (step, input) => {
    const importJobId = input.importJobId as Id<'importJob'>;
    for (let n = 0; ; n += 1) {
      const state = await step.run(`batches ${n}`, async () => {
        const system = programContext(
          database,
          clock,
          { kind: 'SYSTEM', id: WORKFLOW_NAME, clientId: WORKFLOW_NAME, address: null },
          step.workflowId,
        );
        const [job] = await selectImportJobsById(system, [importJobId]);
        if (job === undefined) throw new Failure('BAD_USER_INPUT', 'There is no such import job.');
        // The job was permitted to him who made it when he made it, and to him who started it then. A worker has his name only, not his
        // grants: what is taken from him later does not stop an import, `stopImport` does.
        const context = programContext(database, clock, { ...job.actor, clientId: WORKFLOW_NAME, address: null }, step.workflowId);
        const source = await openSource(job, mappingOf(job).file);
        const run = { context, importJobId, source, runner: step.workflowId, asked: true, batchesMax: BATCHES_OF_A_STEP };
        const result = await runPartyImport(run);
        return result.ok ? result.value.state : 'STOPPED';
      });
      if (state !== 'RUNNING') return state;
    }
  });
}

const WORKFLOW_NAME = 'partyImport';

export type StartedImportJob = { readonly importJobId: Id<'importJob'>; readonly state: ImportState };

/**
 * Has a worker run a job 启动导入, from its beginning or from where it stands: it is enqueued exactly when this commits, and is the
 * only one that may take the job up, until somebody stops it. One that has been completed is answered as it is. The caller's
 * import:run must hold for every line of business; the worker cannot ask that again, as it does not know his grants.
 */
export function startImportJob(
  engine: ProcessEngine,
  workflow: Workflow<WorkflowInput, ImportState>,
): UseCase<{ readonly importJobId: Id<'importJob'> }, StartedImportJob, ImportRefusal> {
  return {
    name: 'startImportJob',
    permission: 'import:run',
    async run(unit, { importJobId }) {
      const job = await lockImportJob(unit.transaction, importJobId);
      if (job === undefined) return refuseImport('NOT_FOUND', 'importJobId');
      const refused = await importingNodeOfJob(unit, job.organisationId);
      if (refused !== undefined) return refused;
      if (job.state === 'COMPLETED') return ok({ importJobId, state: job.state });
      if (job.runner !== null && job.runnerLeftMs > 0) return refuseImport('IMPORT_UNDER_WAY', 'importJobId');
      const workflowId = `${WORKFLOW_NAME}:${newId('event')}`;
      await engine.enqueue(unit.transaction, workflow, { importJobId }, { workflowId });
      await awaitWorkflow(unit.transaction, importJobId, workflowId);
      const { organisationId, state } = job;
      unit.audit({ subjectKind: 'importJob', subjectId: importJobId, organisationId, before: { state }, after: { started: true } });
      return ok({ importJobId, state: 'WAITING' });
    },
  };
}
