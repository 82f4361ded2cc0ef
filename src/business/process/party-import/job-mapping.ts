import type { ImportJob } from '../../../data/operation/party-import/import-job';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import type { Mapping } from './mapping';
import { parseMapping } from './parse-mapping';

const parsed = new Map<Id<'importJob'>, Mapping>();

/** The mapping that a job was created with, read once in each process. */
export function mappingOf({ id, mapping }: Pick<ImportJob, 'id' | 'mapping'>): Mapping {
  const known = parsed.get(id);
  if (known !== undefined) return known;
  const read = parseMapping(mapping);
  invariant(read.ok, 'a job was created with a mapping that can be read');
  if (parsed.size >= 100) parsed.clear();
  parsed.set(id, read.value);
  return read.value;
}
