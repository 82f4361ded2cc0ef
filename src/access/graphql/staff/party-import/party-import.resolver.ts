import { stat } from 'node:fs/promises';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { createImportJob, parseMapping, searchImportJobs, stopImportJob, type Mapping } from '../../../../business/process/party-import';
import { execute } from '../../../../business/execute';
import { Failure } from '../../../../kernel/failure';
import type { Id } from '../../../../kernel/id';
import type { Json } from '../../../../kernel/stable-json';
import { FileUnreadable, RowFile, readMappingFile, uploadedFile } from '../../../file';
import { toConnection, type ConnectionOf } from '../../server/connection';
import type { GraphContext } from '../../server/context';
import { mutate } from '../../server/mutation';
import { readId } from '../../server/node-id';
import { PageArgs, pageOf } from '../../server/page-args';
import { ImportPartiesInputType, StopImportInputType } from './party-import.input';
import { importJobLoader, rejectsLoader } from './party-import.loader';
import {
  ImportJobConnection,
  ImportJobType,
  ImportPayload,
  ImportRejectConnection,
  ImportRejectType,
  ImportUserError,
} from './party-import.type';

@Resolver(() => ImportJobType)
export class PartyImportResolver {
  @Query(() => ImportJobType, { nullable: true, description: 'An import in scope; null when there is none. Needs import:run.' })
  public async importJob(@Arg('id', () => ID) id: string, @Ctx() context: GraphContext): Promise<ImportJobType | null> {
    return loadImportJob(context, readId('importJob', id));
  }

  @Query(() => ImportJobConnection, { description: 'Imports in scope, newest first. Needs import:run.' })
  public async importJobs(@Args(() => PageArgs) page: PageArgs, @Ctx() context: GraphContext): Promise<ConnectionOf<ImportJobType>> {
    const found = await searchImportJobs(context, {}, pageOf(page));
    return toConnection(ImportJobConnection, found, (job) => new ImportJobType(job), (job) => [job.value.id]); // prettier-ignore
  }

  @FieldResolver(() => ImportRejectConnection, { description: 'The rows that were not imported, in the order of the file.' })
  public async rejects(
    @Root() { value }: ImportJobType,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<ImportRejectType>> {
    const found = await rejectsLoader(context, pageOf(page)).load(value.id);
    return toConnection(
      ImportRejectConnection,
      found,
      (reject) => new ImportRejectType(reject, context.language),
      (reject) => [String(reject.value.row)],
    );
  }

  @Mutation(() => ImportPayload, {
    description:
      'Imports a file that was sent to POST /import/files 导入. A worker runs it; `importJob` tells how far it is. The same file with the ' +
      'same mapping at the same node is the same import: with a new idempotencyKey it goes on where it stopped, or changes nothing; with ' +
      'the same one the first answer is given again. Needs import:run at the node, for all lines of business.',
  })
  public async importParties(
    @Arg('input', () => ImportPartiesInputType) { idempotencyKey, ...rest }: ImportPartiesInputType,
    @Ctx() context: GraphContext,
  ): Promise<ImportPayload> {
    const imports = context.imports;
    if (imports === undefined) throw new Failure('DEPENDENCY_UNAVAILABLE', 'This process takes no imports.');
    const mapping = await mappingOf(rest);
    const file = await openFile(imports.directory, rest.fileDigest, mapping);
    const input = {
      organisationId: readId('organisation', rest.organisationId, 'organisationId'),
      fileName: rest.fileName,
      fileDigest: rest.fileDigest,
      mapping,
      ...file,
      ...(rest.rejectsMax != null && { rejectsMax: rest.rejectsMax }),
    };
    const created = await execute(context, createImportJob, input, idempotencyKey);
    if (!created.ok) return { userErrors: created.refusals.map((refusal) => new ImportUserError(refusal, context)) };
    const { importJobId, state } = created.value;
    if (state === 'COMPLETED' || state === 'RUNNING') return { ...(await payloadOf(context, importJobId)), userErrors: [] };
    // With the same key both use cases give their first answers again; a new one goes on with a job that has stopped since.
    const call = { input: { importJobId }, idempotencyKey };
    return mutate(context, imports.start, call, ImportUserError, () => payloadOf(context, importJobId));
  }

  @Mutation(() => ImportPayload, {
    description:
      'Stops an import 停止导入 behind the batch that is under way, whoever runs it; what was imported stays. `importParties` with a new ' +
      'idempotencyKey goes on from there. Needs import:run at the node of the import.',
  })
  public async stopImport(
    @Arg('input', () => StopImportInputType) { idempotencyKey, importJobId }: StopImportInputType,
    @Ctx() context: GraphContext,
  ): Promise<ImportPayload> {
    const id = readId('importJob', importJobId, 'importJobId');
    const call = { input: { importJobId: id, runner: null, failureCode: null }, idempotencyKey };
    return mutate(context, stopImportJob, call, ImportUserError, () => payloadOf(context, id));
  }
}

export async function loadImportJob(context: GraphContext, id: Id<'importJob'>): Promise<ImportJobType | null> {
  const job = await importJobLoader(context).load(id);
  return job === undefined ? null : new ImportJobType(job);
}

async function payloadOf(context: GraphContext, id: Id<'importJob'>): Promise<{ importJob: ImportJobType | null }> {
  return { importJob: await loadImportJob(context, id) };
}

async function mappingOf({ mapping, mappingName }: ImportPartiesInputType | Omit<ImportPartiesInputType, 'idempotencyKey'>): Promise<Json> {
  if ((mapping == null) === (mappingName == null)) throw new Failure('BAD_USER_INPUT', 'Give either mapping or mappingName.');
  if (mapping != null) return mapping;
  // A name only, never a path: the file is one that Sanhu ships.
  if (!/^[a-z0-9][a-z0-9-]*$/.test(mappingName as string)) throw new Failure('BAD_USER_INPUT', 'mappingName is no name of a mapping.');
  return unreadableAsInput(() => readMappingFile(mappingName as string));
}

async function openFile(
  directory: string,
  digest: string,
  mapping: Json,
): Promise<{ fileBytes: number; columns: readonly string[] | null }> {
  const parsed = parseMapping(mapping);
  // What is wrong with the mapping the use case says.
  if (!parsed.ok) return { fileBytes: 0, columns: null };
  const { file: form }: Mapping = parsed.value;
  return unreadableAsInput(async () => {
    const path = uploadedFile(directory, digest);
    const file = await RowFile.open(path, form);
    return { fileBytes: (await stat(path)).size, columns: await file.columns() };
  });
}

async function unreadableAsInput<Value>(read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    // Its message names a path of this machine, which is nobody's business outside.
    if (error instanceof FileUnreadable)
      throw new Failure('BAD_USER_INPUT', 'There is no such uploaded file or mapping, or it cannot be read as the mapping says.');
    throw error;
  }
}
