import type { UseCase } from '../../execute';
import type { Unit } from '../../context';
import type { FilePosition, ImportJob } from '../../../data/operation/party-import/import-job';
import { insertImportedRows, insertImportRejects, noteSeenRows } from '../../../data/operation/party-import/import-rows';
import { advanceImportJob, endRun, lockImportJob, type Lease } from '../../../data/operation/party-import/write-import-job';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import { writeParties } from '../bulk-opening';
import { migrateProducts } from '../product-migration';
import { judgeRows, type JudgedRows, type RejectedRow } from './judge-rows';
import { mappingOf } from './job-mapping';
import { joinParties, placeParties, type PlacedRow } from './place-parties';
import { placeProducts } from './place-products';
import { refuseImport, type ImportRefusal } from './refusals';
import type { RowBatch } from './row-source';
import { recordEnd } from './record-end';

export interface ImportPartiesInput extends Lease, RowBatch {
  readonly importJobId: Id<'importJob'>;
  /** Where the batch begins: the job must stand there. */
  readonly begin: FilePosition;
}

/** Whether the job goes on, or why it has ended with this batch. */
export type BatchOutcome = { readonly state: 'RUNNING' | 'COMPLETED' | 'FAILED' };

/**
 * Imports one batch of rows 批量导入: all that becomes of them, what is known of their keys, the rejected ones and the job's
 * own progress in one transaction, so that an import that is killed at any instant goes on exactly behind its last batch.
 */
export const importParties: UseCase<ImportPartiesInput, BatchOutcome, ImportRefusal> = {
  name: 'importParties',
  permission: 'import:run',
  constraints: { subscriber_identifier_taken: () => refuseImport('IDENTIFIERS_RACED') },
  async run(unit, input) {
    const job = await lockImportJob(unit.transaction, input.importJobId);
    if (job === undefined) return refuseImport('NOT_FOUND', 'importJobId');
    if (job.state !== 'RUNNING' || job.runner !== input.runner || job.position.bytes !== input.begin.bytes)
      return refuseImport('IMPORT_TAKEN_OVER');
    const mapping = mappingOf(job);
    const judged = await judgeRows(unit, job, mapping, input.rows);
    const parties = await placeParties(unit, job, mapping, judged.fresh);
    const { placed, rejected, migrations, charges } = await placeProducts(unit, mapping, parties.placed);
    const opened = await writeParties(unit, joinParties(placed));
    const products = await migrateProducts(unit, migrations);
    const allRejected = [...judged.rejected, ...parties.rejected, ...rejected].sort((one, other) => one.row - other.row);
    await keepRows(unit, job, judged, placed, allRejected);
    const counts = { skippedRows: judged.skipped.length, rejectedRows: allRejected.length };
    const progress = { position: input.end, ...opened, products, ...charges, ...counts };
    await advanceImportJob(unit.transaction, job.id, progress, input.leaseMs, unit.now);
    return ok(await conclude(unit, job, input, counts.rejectedRows));
  },
};

async function keepRows(
  unit: Unit,
  job: ImportJob,
  judged: JudgedRows,
  placed: readonly PlacedRow[],
  rejected: readonly RejectedRow[],
): Promise<void> {
  const { transaction } = unit;
  const imported = placed.map(({ row, customerId }) => ({ rowKey: row.rowKey, rowDigest: row.rowDigest, row: row.row, customerId }));
  await insertImportedRows(transaction, job, imported);
  await noteSeenRows(transaction, job, [...judged.skipped, ...judged.changed]);
  await insertImportRejects(transaction, job.id, rejected.flatMap(toReject));
}

/** A rejected row has one line: its first problem in words, the others by their codes. */
function toReject({ row, line, rowKey, problems }: RejectedRow): Parameters<typeof insertImportRejects>[2] {
  const [first, ...more] = problems;
  if (first === undefined) return [];
  const { field, code, message } = first;
  return [{ row, line, rowKey, field, code, message, further: more.map((problem) => `${problem.field ?? ''} ${problem.code}`.trim()) }];
}

async function conclude(unit: Unit, job: ImportJob, { last }: ImportPartiesInput, rejectedNow: number): Promise<BatchOutcome> {
  const failed = job.rejectedRows + rejectedNow > job.rejectsMax;
  if (!failed && !last) return { state: 'RUNNING' };
  const end = failed
    ? ({ state: 'FAILED', failureCode: 'TOO_MANY_REJECTS' } as const)
    : ({ state: 'COMPLETED', failureCode: null } as const);
  await endRun(unit.transaction, job.id, end, unit.now);
  recordEnd(unit, job, end);
  return { state: end.state };
}
