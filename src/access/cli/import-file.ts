import type { CallContext, CoreDatabase } from '../../business/context';
import { execute } from '../../business/execute';
import { searchOrganisations, selectRootId } from '../../business/component/organisation';
import {
  createImportJob,
  mappingDigest,
  parseMapping,
  runPartyImport,
  searchImportJobs,
  type ImportJob,
  type ImportProgress,
  type ImportRefusal,
  type Mapping,
} from '../../business/process/party-import';
import { programContext } from '../../business/process/program-context';
import type { Clock } from '../../kernel/clock';
import { newId, type Id } from '../../kernel/id';
import { formatAmount } from '../../kernel/money';
import type { Refusal, Result } from '../../kernel/result';
import type { Json } from '../../kernel/stable-json';
import { digestFile, readMappingFile, rejectsOf, RowFile, writeRejectsFile } from '../file';

export interface ImportFileRequest {
  readonly database: CoreDatabase;
  readonly clock: Clock;
  readonly file: string;
  /** A path, or the name of a mapping that the project ships. */
  readonly mapping: string;
  /** Code of the node; the operator's own when not given. */
  readonly organisation?: string;
  /** Where rejected rows are named: `FILE.rejects.csv` when not given. */
  readonly rejects?: string;
  readonly rejectsMax?: number;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Stops the import behind the batch that is under way. */
  readonly signal?: AbortSignal;
}

export interface ImportedFile {
  readonly job: ImportJob;
  /** The file had been imported before: nothing was changed. */
  readonly before: boolean;
  /** Null when no row was rejected. */
  readonly rejectsFile: string | null;
}

/** An import that was refused as a whole, with every reason. */
export class ImportRefused extends Error {
  public constructor(public readonly refusals: readonly Refusal<ImportRefusal>[]) {
    super(refusals.map(({ message }) => message.en).join('\n'));
    this.name = 'ImportRefused';
  }
}

/**
 * Imports a file from the command line, as the system; where an import of it was stopped or killed, goes on from there.
 * @throws FileUnreadable, ImportRefused
 */
export async function importFile(request: ImportFileRequest): Promise<ImportedFile> {
  const { database, clock, file, onProgress, signal } = request;
  const actor = { kind: 'SYSTEM', id: 'sanhu import', clientId: 'sanhu import', address: null } as const;
  const context = programContext(database, clock, actor, newId('event'));
  const json = await readMappingFile(request.mapping);
  const mapping = valueOf(parseMapping(json));
  const source = await RowFile.open(file, mapping.file);
  const { digest, bytes } = await digestFile(file);
  const organisationId = await nodeOf(context, request.organisation);
  const known = await completedJob(context, { digest, organisationId, mapping });
  if (known !== undefined) return { job: known, before: true, rejectsFile: await namedRejects(request, context, known) };
  const described = {
    organisationId,
    fileName: file,
    fileDigest: digest,
    fileBytes: bytes,
    columns: await source.columns(),
    mapping: json,
  };
  const input = request.rejectsMax === undefined ? described : { ...described, rejectsMax: request.rejectsMax };
  const { importJobId } = valueOf(await execute(context, createImportJob, input, newId('event')));
  const run = {
    context,
    importJobId,
    source,
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(signal === undefined ? {} : { signal }),
  };
  const job = valueOf(await runPartyImport(run));
  return { job, before: false, rejectsFile: await namedRejects(request, context, job) };
}

/** What a person is told of an import. */
export function importText({ job, before, rejectsFile }: ImportedFile): string {
  const count = (number: number): string => number.toLocaleString('en');
  const had = `${count(job.customers)} customers, ${count(job.accounts)} accounts, ${count(job.subscribers)} subscribers`;
  const lines = [
    before
      ? `This file was imported before (${job.endedAt?.toString() ?? ''}): nothing was changed. It had brought ${had}.`
      : OUTCOMES[job.state](had, job),
  ];
  if (job.products > 0) lines.push(`Their subscribers hold ${count(job.products)} products${chargesText(job)}.`);
  if (job.skippedRows > 0) lines.push(`${count(job.skippedRows)} rows were known from earlier files and skipped.`);
  if (rejectsFile !== null) lines.push(`${count(job.rejectedRows)} rows were rejected: ${rejectsFile} names them.`);
  return `${lines.join('\n')}\n`;
}

/** How the list prices of what was imported compare with what the file says is paid. */
function chargesText({ charges }: ImportJob): string {
  if (charges === null) return '';
  const { rows, charged, list, differingRows } = charges;
  const difference = formatAmount({ ...list, amountMinor: list.amountMinor - charged.amountMinor });
  const [listed, told] = [list, charged].map(formatAmount);
  const differing = `${differingRows.toLocaleString('en')} of ${rows.toLocaleString('en')} rows differ`;
  return `, by their list prices ${listed} ${list.currency} a month; the file says ${told} (difference ${difference}, ${differing})`;
}

const OUTCOMES: Readonly<Record<ImportJob['state'], (had: string, job: ImportJob) => string>> = {
  WAITING: () => 'The import has not begun.',
  RUNNING: (had) => `The import is under way: ${had} so far.`,
  STOPPED: (had) => `The import was stopped: ${had} so far. The same command goes on from here.`,
  COMPLETED: (had) => `Imported ${had}.`,
  FAILED: (had, job) => `The import failed (${job.failureCode ?? ''}): ${had} so far.`,
};

function valueOf<Value>(result: Result<Value, ImportRefusal>): Value {
  if (!result.ok) throw new ImportRefused(result.refusals);
  return result.value;
}

async function nodeOf(context: CallContext, code: string | undefined): Promise<Id<'organisation'>> {
  const [node] = code === undefined ? [] : (await searchOrganisations(context, { code }, { first: 1, after: null })).rows;
  const id = code === undefined ? await selectRootId(context) : node?.id;
  if (id === undefined)
    throw new Error(
      code === undefined ? 'The database holds no operator yet: run sanhu seed, or found one.' : `There is no organisation ${code}.`,
    );
  return id;
}

async function completedJob(
  context: CallContext,
  { digest, organisationId, mapping }: { readonly digest: string; readonly organisationId: string; readonly mapping: Mapping },
): Promise<ImportJob | undefined> {
  const filter = { fileDigest: digest, source: mapping.source, state: 'COMPLETED' } as const;
  const { rows } = await searchImportJobs(context, filter, { first: 100, after: null });
  return rows.find((job) => job.organisationId === organisationId && digestOf(job.mapping) === mappingDigest(mapping));
}

function digestOf(mapping: Json): string {
  return mappingDigest(valueOf(parseMapping(mapping)));
}

async function namedRejects({ file, rejects }: ImportFileRequest, context: CallContext, job: ImportJob): Promise<string | null> {
  const path = rejects ?? `${file}.rejects.csv`;
  return (await writeRejectsFile(path, rejectsOf(context, job.id))) === 0 ? null : path;
}
