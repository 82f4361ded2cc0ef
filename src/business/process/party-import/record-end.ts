import type { Unit } from '../../context';
import type { ImportJob, ImportState } from '../../../data/operation/party-import/import-job';

/** The line in the audit trail and the event of a job that changes its state. */
export function recordEnd(unit: Unit, job: ImportJob, after: { readonly state: ImportState; readonly failureCode: string | null }): void {
  const { id: subjectId, organisationId, state, failureCode } = job;
  unit.audit({ subjectKind: 'importJob', subjectId, organisationId, before: { state, failureCode }, after });
  unit.emit({ type: 'ImportJobStateChangeEvent', subjectKind: 'importJob', subjectId, payload: after });
}
