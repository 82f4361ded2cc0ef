import { instantFromDatabase, optionalInstant, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { CurrencyCode, Money } from '../../../kernel/money';
import type { Json } from '../../../kernel/stable-json';
import { sql } from '../../connection/sql';

export const IMPORT_STATES = ['WAITING', 'RUNNING', 'STOPPED', 'COMPLETED', 'FAILED'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** A place between two rows of a file: what lies before it has been read. */
export interface FilePosition {
  readonly bytes: number;
  /** Rows before it, the head of the file not counted. */
  readonly row: number;
  /** Lines before it, the head of the file counted. */
  readonly line: number;
}

/** What rows say that is paid a month, beside the list prices of what they hold. */
export interface ImportedCharges {
  /** Rows that say so; the amounts are theirs alone. */
  readonly rows: number;
  readonly charged: Money;
  readonly list: Money;
  readonly differingRows: number;
}

/** The import 导入 of one file with one mapping, at an organisation node. */
export interface ImportJob {
  readonly id: Id<'importJob'>;
  readonly source: string;
  readonly organisationId: Id<'organisation'>;
  readonly fileName: string;
  /** SHA-256, in hexadecimal. */
  readonly fileDigest: string;
  readonly fileBytes: number;
  readonly mapping: Json;
  readonly state: ImportState;
  /** Why it failed; null unless it did. */
  readonly failureCode: string | null;
  readonly position: FilePosition;
  readonly customers: number;
  readonly accounts: number;
  readonly subscribers: number;
  /** Instances of products that subscribers hold. */
  readonly products: number;
  /** Null where no row says what is paid. */
  readonly charges: ImportedCharges | null;
  /** Rows that an earlier import brought, with the same content. */
  readonly skippedRows: number;
  readonly rejectedRows: number;
  /** With more rejected rows than this the import fails: the mapping is not that of the file. */
  readonly rejectsMax: number;
  readonly actor: { readonly kind: 'STAFF' | 'PARTNER' | 'SYSTEM'; readonly id: string };
  readonly createdAt: Instant;
  /** When it was begun first. */
  readonly startedAt: Instant | null;
  /** Since when, and from where, the run goes that is under way, or the last one; null before the first. */
  readonly run: { readonly beganAt: Instant; readonly bytes: number; readonly row: number } | null;
  readonly progressAt: Instant | null;
  readonly endedAt: Instant | null;
}

export interface ImportJobRow {
  readonly id: Id<'importJob'>;
  readonly source: string;
  readonly organisation_id: Id<'organisation'>;
  readonly file_name: string;
  readonly file_digest: string;
  readonly file_bytes: string;
  readonly mapping: Json;
  readonly state: ImportState;
  readonly failure_code: string | null;
  readonly position_bytes: string;
  readonly position_row: number;
  readonly position_line: number;
  readonly customers: number;
  readonly accounts: number;
  readonly subscribers: number;
  readonly products: number;
  readonly charged_rows: number;
  readonly currency: CurrencyCode | null;
  readonly charged_minor: string;
  readonly list_minor: string;
  readonly differing_rows: number;
  readonly skipped_rows: number;
  readonly rejected_rows: number;
  readonly rejects_max: number;
  readonly actor_kind: 'STAFF' | 'PARTNER' | 'SYSTEM';
  readonly actor_id: string;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly run_at: string | null;
  readonly run_bytes: string;
  readonly run_row: number;
  readonly progress_at: string | null;
  readonly ended_at: string | null;
}

/** The columns of {@link ImportJobRow}, of the alias `j`. */
export const IMPORT_JOB_COLUMNS = sql`j.id, j.source, j.organisation_id, j.file_name, j.file_digest, j.file_bytes, j.mapping, j.state, j.failure_code,
  j.position_bytes, j.position_row, j.position_line, j.customers, j.accounts, j.subscribers, j.products,
  j.charged_rows, j.currency, j.charged_minor, j.list_minor, j.differing_rows, j.skipped_rows, j.rejected_rows, j.rejects_max,
  j.actor_kind, j.actor_id, j.created_at::text AS created_at, j.started_at::text AS started_at, j.run_at::text AS run_at, j.run_bytes, j.run_row,
  j.progress_at::text AS progress_at, j.ended_at::text AS ended_at`;

export function toImportJob(row: ImportJobRow): ImportJob {
  return {
    id: row.id,
    source: row.source,
    organisationId: row.organisation_id,
    fileName: row.file_name,
    fileDigest: row.file_digest,
    fileBytes: Number(row.file_bytes),
    mapping: row.mapping,
    state: row.state,
    failureCode: row.failure_code,
    position: { bytes: Number(row.position_bytes), row: row.position_row, line: row.position_line },
    customers: row.customers,
    accounts: row.accounts,
    subscribers: row.subscribers,
    products: row.products,
    charges: toCharges(row),
    skippedRows: row.skipped_rows,
    rejectedRows: row.rejected_rows,
    rejectsMax: row.rejects_max,
    actor: { kind: row.actor_kind, id: row.actor_id },
    createdAt: instantFromDatabase(row.created_at),
    startedAt: optionalInstant(row.started_at),
    run: row.run_at === null ? null : { beganAt: instantFromDatabase(row.run_at), bytes: Number(row.run_bytes), row: row.run_row },
    progressAt: optionalInstant(row.progress_at),
    endedAt: optionalInstant(row.ended_at),
  };
}

function toCharges({ charged_rows: rows, currency, ...row }: ImportJobRow): ImportedCharges | null {
  if (currency === null) return null;
  const [charged, list] = [row.charged_minor, row.list_minor].map((minor) => ({ amountMinor: BigInt(minor), currency })) as [Money, Money];
  return { rows, charged, list, differingRows: row.differing_rows };
}
