export { claimImportJob, type ClaimedImportJob, type ClaimImportJobInput } from './claim-import-job';
export { createImportJob, REJECTS_MAX, type CreatedImportJob, type CreateImportJobInput } from './create-import-job';
export { BATCH_ROWS, importNextBatch, LEASE_MS, type BatchRequest } from './import-next-batch';
export type { BatchOutcome } from './import-parties';
export type { Mapping } from './mapping';
export { mappingDigest, parseMapping } from './parse-mapping';
export { partyImportWorkflow, startImportJob, type OpenSource, type StartedImportJob } from './import-workflow';
export { IMPORT_REFUSALS, ROW_REFUSALS, refuseImport, type ImportRefusal, type RowRefusal } from './refusals';
export { FILE_BEGIN, FileChanged, type ReadRow, type RowBatch, type RowSource, type SourceRow, type UnreadableRow } from './row-source';
export { runPartyImport, type ImportProgress, type ImportRequest } from './run-party-import';
export { selectOpenDigests } from '../../../data/operation/party-import/open-file-digests';
export { paceOf, type ImportPace } from './import-pace';
export { stopImportJob, type StopImportJobInput } from './stop-import-job';
export {
  IMPORT_STATES,
  type FilePosition,
  type ImportJob,
  type ImportState,
  type ImportedCharges,
} from '../../../data/operation/party-import/import-job';
export {
  searchImportJobs,
  selectImportJobsById,
  selectImportRejects,
  type ImportJobFilter,
  type ImportReject,
} from '../../../data/operation/party-import/select-import-jobs';
