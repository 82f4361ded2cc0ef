import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { newId, type Id } from '../../../kernel/id';
import type { CurrencyCode } from '../../../kernel/money';
import type { Json } from '../../../kernel/stable-json';
import { IMPORT_JOB_COLUMNS, toImportJob, type FilePosition, type ImportJob, type ImportJobRow, type ImportState } from './import-job';

export interface NewImportJob {
  readonly source: string;
  readonly organisationId: Id<'organisation'>;
  readonly fileName: string;
  readonly fileDigest: string;
  readonly fileBytes: number;
  readonly mapping: Json;
  readonly mappingDigest: string;
  readonly rejectsMax: number;
  readonly actor: { readonly kind: string; readonly id: string };
}

/**
 * Inserts a job; where there is one for the same file, mapping and node, returns that one, with the new limit of rejects as long
 * as it has not been completed.
 */
export async function insertImportJob(
  transaction: Transaction,
  job: NewImportJob,
  now: Instant,
): Promise<{ readonly id: Id<'importJob'>; readonly state: ImportState; readonly inserted: boolean }> {
  const { source, organisationId, fileName, fileDigest, fileBytes, mapping, mappingDigest, rejectsMax, actor } = job;
  const [inserted] = await transaction.query<{ id: Id<'importJob'> }>(sql`
    INSERT INTO import_job (id, source, organisation_id, file_name, file_digest, file_bytes, mapping, mapping_digest, state, rejects_max,
                            actor_kind, actor_id, created_at)
    VALUES (${newId('importJob')}, ${source}, ${organisationId}, ${fileName}, ${fileDigest}, ${fileBytes}, ${JSON.stringify(mapping)}::json,
            ${mappingDigest}, 'WAITING', ${rejectsMax}, ${actor.kind}, ${actor.id}, ${now})
    ON CONFLICT (organisation_id, source, file_digest, mapping_digest) DO NOTHING RETURNING id`);
  if (inserted !== undefined) return { id: inserted.id, state: 'WAITING', inserted: true };
  const [known] = await transaction.query<{ id: Id<'importJob'>; state: ImportState }>(sql`
    SELECT j.id, j.state FROM import_job j
    WHERE j.organisation_id = ${organisationId} AND j.source = ${source} AND j.file_digest = ${fileDigest} AND j.mapping_digest = ${mappingDigest}`);
  if (known === undefined) throw new Error('invariant broken: an import job conflicts and cannot be read');
  await transaction.query(sql`
    UPDATE import_job SET rejects_max = ${rejectsMax} WHERE id = ${known.id} AND state <> 'COMPLETED' AND rejects_max <> ${rejectsMax}`);
  return { ...known, inserted: false };
}

/** A job with what its runner is held to. */
export interface LockedImportJob extends ImportJob {
  readonly runner: string | null;
  /** The workflow that was asked to run it; null when none was, or somebody stopped it since. */
  readonly workflowId: string | null;
  /** How long the runner need not show himself; not above zero when he should have. By the database's clock, whoever asks. */
  readonly runnerLeftMs: number;
}

interface LockedRow extends ImportJobRow {
  readonly runner: string | null;
  readonly workflow_id: string | null;
  readonly runner_left_ms: number | null;
}

/** Locks a job for its runner. Which jobs a caller may touch was decided when he named them. */
export async function lockImportJob(transaction: Transaction, id: Id<'importJob'>): Promise<LockedImportJob | undefined> {
  const [row] = await transaction.query<LockedRow>(sql`
    SELECT ${IMPORT_JOB_COLUMNS}, j.runner, j.workflow_id,
           (extract(epoch FROM j.runner_until - clock_timestamp()) * 1000)::integer AS runner_left_ms
    FROM import_job j WHERE j.id = ${id} FOR NO KEY UPDATE`);
  return row === undefined
    ? undefined
    : { ...toImportJob(row), runner: row.runner, workflowId: row.workflow_id, runnerLeftMs: row.runner_left_ms ?? 0 };
}

/** Notes that a workflow is to run a locked job: no other may, until it is stopped. Whoever held it has been silent too long. */
export async function awaitWorkflow(transaction: Transaction, id: Id<'importJob'>, workflowId: string): Promise<void> {
  await transaction.query(sql`
    UPDATE import_job SET state = 'WAITING', workflow_id = ${workflowId}, failure_code = NULL, ended_at = NULL, runner = NULL, runner_until = NULL
    WHERE id = ${id}`);
}

/** Gives a locked job to a runner, who must show himself within `leaseMs`. The pace of a run is counted from where it is given anew. */
export async function giveToRunner(transaction: Transaction, id: Id<'importJob'>, { runner, leaseMs }: Lease, now: Instant): Promise<void> {
  await transaction.query(sql`
    UPDATE import_job SET state = 'RUNNING', runner = ${runner}, runner_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond',
           workflow_id = CASE WHEN workflow_id = ${runner} THEN workflow_id END,
           started_at = coalesce(started_at, ${now}),
           run_at = CASE WHEN runner = ${runner} THEN run_at ELSE ${now} END,
           run_bytes = CASE WHEN runner = ${runner} THEN run_bytes ELSE position_bytes END,
           run_row = CASE WHEN runner = ${runner} THEN run_row ELSE position_row END,
           progress_at = CASE WHEN runner = ${runner} THEN progress_at ELSE ${now} END, failure_code = NULL, ended_at = NULL
    WHERE id = ${id}`);
}

export interface Lease {
  readonly runner: string;
  readonly leaseMs: number;
}

/** What the rows of a batch say that is paid a month, beside the list prices of what they hold. */
export interface BatchCharges {
  /** Rows that say so. */
  readonly chargedRows: number;
  readonly currency: CurrencyCode;
  readonly chargedMinor: bigint;
  readonly listMinor: bigint;
  /** Rows whose list prices come to something else. */
  readonly differingRows: number;
}

/** What one batch adds to a job. */
export interface BatchProgress extends BatchCharges {
  readonly position: FilePosition;
  readonly customers: number;
  readonly accounts: number;
  readonly subscribers: number;
  readonly products: number;
  readonly skippedRows: number;
  readonly rejectedRows: number;
}

/** Moves a locked job on past a batch, and gives its runner time for the next. */
export async function advanceImportJob(
  transaction: Transaction,
  id: Id<'importJob'>,
  batch: BatchProgress,
  leaseMs: number,
  now: Instant,
): Promise<void> {
  await transaction.query(sql`
    UPDATE import_job SET position_bytes = ${batch.position.bytes}, position_row = ${batch.position.row}, position_line = ${batch.position.line},
           customers = customers + ${batch.customers}, accounts = accounts + ${batch.accounts}, subscribers = subscribers + ${batch.subscribers},
           products = products + ${batch.products}, charged_rows = charged_rows + ${batch.chargedRows},
           currency = CASE WHEN ${batch.chargedRows} > 0 THEN ${batch.currency} ELSE currency END,
           charged_minor = charged_minor + ${batch.chargedMinor}, list_minor = list_minor + ${batch.listMinor},
           differing_rows = differing_rows + ${batch.differingRows},
           skipped_rows = skipped_rows + ${batch.skippedRows}, rejected_rows = rejected_rows + ${batch.rejectedRows},
           runner_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond', progress_at = ${now}
    WHERE id = ${id}`);
}

/** Takes a locked job from its runner: stopped for now, or ended. */
export async function endRun(
  transaction: Transaction,
  id: Id<'importJob'>,
  { state, failureCode }: { readonly state: 'STOPPED' | 'COMPLETED' | 'FAILED'; readonly failureCode: string | null },
  now: Instant,
): Promise<void> {
  const endedAt = state === 'STOPPED' ? null : now;
  await transaction.query(sql`
    UPDATE import_job SET state = ${state}, failure_code = ${failureCode}, ended_at = ${endedAt}, runner = NULL, runner_until = NULL,
           workflow_id = NULL
    WHERE id = ${id}`);
}
