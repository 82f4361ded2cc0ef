import type { UseCase } from '../../execute';
import type { ImportState } from '../../../data/operation/party-import/import-job';
import { insertImportJob } from '../../../data/operation/party-import/write-import-job';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';
import { importingNode } from './importing-node';
import { mappingDigest, parseMapping } from './parse-mapping';
import { refuseImport, type ImportRefusal } from './refusals';

/** With more rejected rows than this an import fails, when its caller says nothing else. */
export const REJECTS_MAX = 10_000;

export interface CreateImportJobInput {
  readonly organisationId: Id<'organisation'>;
  readonly fileName: string;
  /** SHA-256 of the file, in hexadecimal. */
  readonly fileDigest: string;
  readonly fileBytes: number;
  /** As `RowSource.columns` says. */
  readonly columns: readonly string[] | null;
  /** The content of a mapping file. */
  readonly mapping: Json;
  readonly rejectsMax?: number;
}

/** `known`: the same file was given before, with the same mapping, at the same node. A job that was completed changes nothing. */
export type CreatedImportJob = { readonly importJobId: Id<'importJob'>; readonly state: ImportState; readonly known: boolean };

/** Makes the job that imports a file 建立导入任务, at a node where the caller may import every line of business; or finds the one that there is. */
export const createImportJob: UseCase<CreateImportJobInput, CreatedImportJob, ImportRefusal> = {
  name: 'createImportJob',
  permission: 'import:run',
  async run(unit, input) {
    const { organisationId, fileName, fileDigest, fileBytes, columns, rejectsMax = REJECTS_MAX } = input;
    const mapping = parseMapping(input.mapping);
    if (!mapping.ok) return mapping;
    const missing = missingColumns(Object.keys(mapping.value.columns), columns);
    if (missing.length > 0) return refuseImport('COLUMNS_MISSING', 'columns', { columns: missing.slice(0, 20).join(', ') });
    const refused = await importingNode(unit, organisationId);
    if (refused !== undefined) return refused;
    const { source } = mapping.value;
    const file = { fileName: fileName.slice(0, 200), fileDigest, fileBytes, rejectsMax };
    const job = { ...file, source, organisationId, mapping: input.mapping, mappingDigest: mappingDigest(mapping.value), actor: unit.actor };
    const { id, state, inserted } = await insertImportJob(unit.transaction, job, unit.now);
    if (inserted) {
      unit.audit({
        subjectKind: 'importJob',
        subjectId: id,
        organisationId,
        before: null,
        after: { ...file, source, mapping: input.mapping },
      });
      unit.emit({ type: 'ImportJobCreateEvent', subjectKind: 'importJob', subjectId: id, payload: { source, fileDigest, fileBytes } });
    }
    return ok({ importJobId: id, state, known: !inserted });
  },
};

function missingColumns(mapped: readonly string[], columns: readonly string[] | null): string[] {
  return columns === null ? [] : mapped.filter((column) => !columns.includes(column));
}
