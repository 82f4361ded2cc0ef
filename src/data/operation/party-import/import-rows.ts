import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import type { Id } from '../../../kernel/id';
import type { ImportReject } from './select-import-jobs';

/** Where row keys are told apart: a source at a node. What another node imported from a source of that name is none of its business. */
export interface KeySpace {
  readonly organisationId: Id<'organisation'>;
  readonly source: string;
}

/** What is known of a row key. */
export interface KnownRow {
  readonly rowKey: string;
  readonly rowDigest: Buffer;
  readonly seenJobId: Id<'importJob'>;
  readonly seenRow: number;
}

export async function selectKnownRows(
  transaction: Transaction,
  { organisationId, source }: KeySpace,
  keys: readonly string[],
): Promise<KnownRow[]> {
  return transaction.query<KnownRow>(sql`
    SELECT r.row_key AS "rowKey", r.row_digest AS "rowDigest", r.seen_job_id AS "seenJobId", r.seen_row AS "seenRow"
    FROM import_row r WHERE r.organisation_id = ${organisationId} AND r.source = ${source} AND r.row_key = ANY (${keys}::text[])`);
}

export interface ImportedRow {
  readonly rowKey: string;
  readonly rowDigest: Buffer;
  readonly customerId: Id<'customer'>;
  readonly row: number;
}

export async function insertImportedRows(
  transaction: Transaction,
  { id: jobId, organisationId, source }: KeySpace & { readonly id: Id<'importJob'> },
  rows: readonly ImportedRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await transaction.query(sql`
    INSERT INTO import_row (organisation_id, source, row_key, row_digest, customer_id, job_id, row_number, seen_job_id, seen_row)
    SELECT ${organisationId}, ${source}, row_key, decode(row_digest, 'hex'), customer_id, ${jobId}, row_number, ${jobId}, row_number
    FROM unnest(${rows.map((row) => row.rowKey)}::text[],
                ${rows.map((row) => row.rowDigest.toString('hex'))}::text[],
                ${rows.map((row) => row.customerId)}::uuid[],
                ${rows.map((row) => row.row)}::integer[]) AS r (row_key, row_digest, customer_id, row_number)`);
}

/** Notes in which row of a job keys that are known already were met. */
export async function noteSeenRows(
  transaction: Transaction,
  { id: jobId, organisationId, source }: KeySpace & { readonly id: Id<'importJob'> },
  rows: readonly { readonly rowKey: string; readonly row: number }[],
): Promise<void> {
  if (rows.length === 0) return;
  await transaction.query(sql`
    UPDATE import_row r SET seen_job_id = ${jobId}, seen_row = seen.row_number
    FROM unnest(${rows.map((row) => row.rowKey)}::text[], ${rows.map((row) => row.row)}::integer[]) AS seen (row_key, row_number)
    WHERE r.organisation_id = ${organisationId} AND r.source = ${source} AND r.row_key = seen.row_key`);
}

export async function insertImportRejects(
  transaction: Transaction,
  jobId: Id<'importJob'>,
  rejects: readonly Omit<ImportReject, 'jobId'>[],
): Promise<void> {
  if (rejects.length === 0) return;
  await transaction.query(sql`
    INSERT INTO import_reject (job_id, row_number, line_number, row_key, field, code, message_zh, message_en, further)
    SELECT ${jobId}, row_number, line_number, row_key, field, code, message_zh, message_en,
           ARRAY(SELECT jsonb_array_elements_text(further))
    FROM unnest(${rejects.map((reject) => reject.row)}::integer[],
                ${rejects.map((reject) => reject.line)}::integer[],
                ${rejects.map((reject) => reject.rowKey)}::text[],
                ${rejects.map((reject) => reject.field)}::text[],
                ${rejects.map((reject) => reject.code)}::text[],
                ${rejects.map((reject) => reject.message.zh)}::text[],
                ${rejects.map((reject) => reject.message.en)}::text[],
                ${rejects.map((reject) => JSON.stringify(reject.further))}::jsonb[])
         AS r (row_number, line_number, row_key, field, code, message_zh, message_en, further)`);
}
