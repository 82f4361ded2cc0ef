import 'reflect-metadata';
import { digestFile, readMappingFile, RowFile } from '../../src/access/file';
import { programContext } from '../../src/business/process/program-context';
import { execute } from '../../src/business/execute';
import { createImportJob, FILE_BEGIN, parseMapping, runPartyImport } from '../../src/business/process/party-import';
import { CoreDatabase } from '../../src/data/connection/core-database';
import { systemClock } from '../../src/kernel/clock';
import { newId, type Id } from '../../src/kernel/id';

/*
 * An import in a process of its own, which a test can kill: `node import-child.js run URL FILE MAPPING ORGANISATION`. Or the
 * reading alone, which tells how much memory it took: `node import-child.js read FILE MAPPING`.
 */

async function run(url = '', file = '', mappingFile = '', organisationId = ''): Promise<void> {
  const core = await CoreDatabase.open(
    url,
    { poolSize: 2, poolWaitMs: 5_000, statementTimeoutMs: 20_000, lockTimeoutMs: 5_000 },
    () => undefined,
  );
  const context = programContext(core, systemClock, { kind: 'SYSTEM', id: 'child', clientId: 'child', address: null }, 'child');
  const mapping = await readMappingFile(mappingFile);
  const parsed = parseMapping(mapping);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusals));
  const source = await RowFile.open(file, parsed.value.file);
  const { digest, bytes } = await digestFile(file);
  const input = {
    organisationId: organisationId as Id<'organisation'>,
    fileName: file,
    fileDigest: digest,
    fileBytes: bytes,
    columns: await source.columns(),
    mapping,
  };
  const created = await execute(context, createImportJob, input, newId('event'));
  if (!created.ok) throw new Error(JSON.stringify(created.refusals));
  const { importJobId } = created.value;
  const result = await runPartyImport({
    context,
    importJobId,
    source,
    batchRows: 50,
    leaseMs: 400,
    onProgress: ({ rows }) => void process.stdout.write(`${rows}\n`),
  });
  process.stdout.write(`${JSON.stringify(result.ok ? result.value.state : result.refusals)}\n`);
  await core.close();
}

async function read(file = '', mappingFile = ''): Promise<void> {
  const parsed = parseMapping(await readMappingFile(mappingFile));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusals));
  const before = process.resourceUsage().maxRSS;
  const source = await RowFile.open(file, parsed.value.file);
  let at = FILE_BEGIN;
  let problems = 0;
  for (let last = false; !last;) {
    const batch = await source.read(at, 100);
    problems += batch.rows.filter((row) => 'problem' in row).length;
    at = batch.end;
    last = batch.last;
  }
  process.stdout.write(JSON.stringify({ rows: at.row, problems, grownBytes: (process.resourceUsage().maxRSS - before) * 1_024 }));
}

const [what, ...given] = process.argv.slice(2);
void (what === 'run' ? run(...given) : read(...given));
