import type { Id } from '../../../kernel/id';
import { toPage, type Page, type PageRequest } from '../../../kernel/page';
import { toPagesByParent } from '../../../kernel/pages-by-parent';
import { empty, sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';
import { IMPORT_JOB_COLUMNS, toImportJob, type ImportJob, type ImportJobRow, type ImportState } from './import-job';

/** Import jobs by id, those in scope only; one statement for any number. */
export async function selectImportJobsById(context: ScopedRead, ids: readonly Id<'importJob'>[]): Promise<ImportJob[]> {
  const rows = await context.sql.query<ImportJobRow>(sql`
    SELECT ${IMPORT_JOB_COLUMNS} FROM import_job j
    WHERE j.id = ANY (${ids}::uuid[]) AND ${visibleTo(context.scope, 'import:run', 'j')}`);
  return rows.map(toImportJob);
}

/** Every part given must hold. */
export interface ImportJobFilter {
  readonly state?: ImportState;
  readonly source?: string;
  readonly fileDigest?: string;
}

/** One page of import jobs, the newest first. The cursor is (id). */
export async function searchImportJobs(context: ScopedRead, filter: ImportJobFilter, page: PageRequest): Promise<Page<ImportJob>> {
  const { state = null, source = null, fileDigest = null } = filter;
  const rows = await context.sql.query<ImportJobRow>(sql`
    SELECT ${IMPORT_JOB_COLUMNS} FROM import_job j
    WHERE ${visibleTo(context.scope, 'import:run', 'j')}
      AND (${page.after?.[0] ?? null}::uuid IS NULL OR j.id < ${page.after?.[0] ?? null}::uuid)
      AND (${state}::text IS NULL OR j.state = ${state}::text)
      AND (${source}::text IS NULL OR j.source = ${source}::text)
      AND (${fileDigest}::text IS NULL OR j.file_digest = ${fileDigest}::text)
    ORDER BY j.id DESC LIMIT ${page.first + 1}`);
  return toPage(rows.map(toImportJob), page.first);
}

/** A row that was not imported 被拒行, and why. */
export interface ImportReject {
  readonly jobId: Id<'importJob'>;
  /** From 1; the head of the file is not counted. */
  readonly row: number;
  /** The line of the file on which the row begins, from 1. */
  readonly line: number;
  readonly rowKey: string | null;
  /** The column, or the part of the mapping; null when the whole row is to blame. */
  readonly field: string | null;
  readonly code: string;
  readonly message: { readonly zh: string; readonly en: string };
  /** What else is wrong with the row, each as `field CODE`. */
  readonly further: readonly string[];
}

interface RejectRow {
  readonly job_id: Id<'importJob'>;
  readonly row_number: number;
  readonly line_number: number;
  readonly row_key: string | null;
  readonly field: string | null;
  readonly code: string;
  readonly message_zh: string;
  readonly message_en: string;
  readonly further: readonly string[];
}

/** One page of the rejected rows of each job in scope, in the order of the file. The cursor is (row number). */
export async function selectImportRejects(
  context: ScopedRead,
  jobIds: readonly Id<'importJob'>[],
  page: PageRequest,
): Promise<ReadonlyMap<Id<'importJob'>, Page<ImportReject>>> {
  const rows = await context.sql.query<RejectRow>(sql`
    SELECT r.* FROM unnest(${jobIds}::uuid[]) AS asked (id)
    JOIN import_job j ON j.id = asked.id AND ${visibleTo(context.scope, 'import:run', 'j')}
    CROSS JOIN LATERAL (
      SELECT r.job_id, r.row_number, r.line_number, r.row_key, r.field, r.code, r.message_zh, r.message_en, r.further
      FROM import_reject r
      WHERE r.job_id = j.id ${page.after === null ? empty : sql`AND r.row_number > ${page.after[0]}::integer`}
      ORDER BY r.row_number LIMIT ${page.first + 1}
    ) r`);
  return toPagesByParent(jobIds, rows, page.first, { parentOf: (row) => row.job_id, toItem: toImportReject });
}

function toImportReject(row: RejectRow): ImportReject {
  return {
    jobId: row.job_id,
    row: row.row_number,
    line: row.line_number,
    rowKey: row.row_key,
    field: row.field,
    code: row.code,
    message: { zh: row.message_zh, en: row.message_en },
    further: row.further,
  };
}
