import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { cleanUploads, receiveUpload, uploadedFile } from '../../src/access/file';
import { importFile, ImportRefused, importText } from '../../src/access/cli/import-file';
import { createImportJob, selectOpenDigests } from '../../src/business/process/party-import';
import { execute } from '../../src/business/execute';
import { instantFromDatabase } from '../../src/kernel/clock';
import type { Json } from '../../src/kernel/stable-json';
import { useDatabase } from '../support/database';
import { SetClock, contextOn, foundTestOperator, valueOf, type Operator } from './operator-fixture';

const database = useDatabase();
const clock = new SetClock();
let directory: string;
let mapping: string;
let operator: Operator;

beforeAll(async () => {
  operator = await foundTestOperator(contextOn(database, clock));
  directory = await mkdtemp(join(tmpdir(), 'sanhu-file-'));
  mapping = join(directory, 'mapping.json');
  const account = {
    name: { constant: '账户' },
    ratingType: { constant: 'PREPAID' },
    paymentMethod: { constant: 'CASH' },
    billingDay: { constant: 1 },
  };
  const customer = { kind: { constant: 'INDIVIDUAL' }, name: { column: 'name' } };
  await writeFile(
    mapping,
    JSON.stringify({ source: 'cli', file: { format: 'csv' }, rowKey: ['id'], columns: { id: {}, name: {} }, customer, account }),
  );
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** How many rows every table holds. */
async function rowsOfAllTables(): Promise<unknown> {
  const tables = await database.raw<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace ORDER BY 1`,
  );
  return database.raw(tables.map(({ name }) => `SELECT '${name}' AS name, count(*)::int AS rows FROM ${name}`).join(' UNION ALL '));
}

describe('sanhu import', () => {
  it('imports a file, names its rejects beside it, and changes nothing the second time', async () => {
    const file = join(directory, 'people.csv');
    await writeFile(file, 'id,name\n1,甲\n2,\n3,丙\n');
    const first = await importFile({ database: database.core, clock, file, mapping });
    expect(importText(first)).toBe(
      `Imported 2 customers, 2 accounts, 0 subscribers.\n1 rows were rejected: ${file}.rejects.csv names them.\n`,
    );
    expect(await readFile(`${file}.rejects.csv`, 'utf8')).toContain('2,3,2,name,MISSING_FIELD,缺少必填字段,The field is missing.,');
    const before = await rowsOfAllTables();
    const second = await importFile({ database: database.core, clock, file, mapping });
    expect(importText(second)).toMatch(
      /^This file was imported before \(2026-11-01T08:00:00Z\): nothing was changed\. It had brought 2 customers/,
    );
    expect(await rowsOfAllTables()).toEqual(before);
  });

  it('leaves no rejects file when there is nothing to name, and knows its node by code', async () => {
    const file = join(directory, 'fine.csv');
    await writeFile(file, 'id,name\n11,甲\n');
    const { job, rejectsFile } = await importFile({ database: database.core, clock, file, mapping, organisation: 'HALL' });
    expect(rejectsFile).toBeNull();
    await expect(stat(`${file}.rejects.csv`)).rejects.toThrow('ENOENT');
    expect(await database.raw('SELECT code FROM organisation WHERE id = $1', [job.organisationId])).toEqual([{ code: 'HALL' }]);
    await expect(importFile({ database: database.core, clock, file, mapping, organisation: 'NOWHERE' })).rejects.toThrow('NOWHERE');
  });

  it('goes on after Ctrl-C with the same command', async () => {
    const file = join(directory, 'many.csv');
    await writeFile(file, `id,name\n${Array.from({ length: 1_200 }, (_, n) => `k${n},名`).join('\n')}\n`);
    const stop = new AbortController();
    const stopped = await importFile({
      database: database.core,
      clock,
      file,
      mapping,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    expect(importText(stopped)).toMatch(/^The import was stopped: 500 customers.*goes on from here/);
    const done = await importFile({ database: database.core, clock, file, mapping });
    expect(done.job).toMatchObject({ id: stopped.job.id, state: 'COMPLETED', customers: 1_200 });
  });

  it('names what is wrong with a mapping', async () => {
    const wrong = join(directory, 'wrong.json');
    await writeFile(wrong, JSON.stringify({ source: 'X' }));
    const refused = importFile({ database: database.core, clock, file: mapping, mapping: wrong });
    await expect(refused).rejects.toThrow(ImportRefused);
    await expect(refused).rejects.toThrow(/wrong at source/);
  });
});

describe('an upload', () => {
  const directoryOf = (): string => join(directory, 'uploads');

  it('is kept by its content, whatever it is called', async () => {
    const take = (): ReturnType<typeof receiveUpload> =>
      receiveUpload(Readable.from([Buffer.from('id,'), Buffer.from('name\n')]), {
        directory: directoryOf(),
        limitBytes: 100,
        totalBytes: 10_000,
      });
    const [first, second] = [await take(), await take()];
    expect(second).toEqual(first);
    expect(first).toMatchObject({ bytes: 8, file: uploadedFile(directoryOf(), first.digest) });
    expect(await readFile(first.file, 'utf8')).toBe('id,name\n');
  });

  it('leaves nothing when it is too long, or breaks off', async () => {
    const before = await readdir(directoryOf());
    const long = Readable.from(Array.from({ length: 10 }, () => Buffer.alloc(100)));
    await expect(receiveUpload(long, { directory: directoryOf(), limitBytes: 500, totalBytes: 10_000 })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    const broken = new Readable({ read: () => undefined });
    broken.push(Buffer.alloc(10));
    setTimeout(() => broken.destroy(new Error('gone')), 20);
    await expect(receiveUpload(broken, { directory: directoryOf(), limitBytes: 500, totalBytes: 10_000 })).rejects.toThrow('gone');
    expect(await readdir(directoryOf())).toEqual(before);
    expect(() => uploadedFile(directoryOf(), '../../etc/passwd')).toThrow('SHA-256');
  });
});

describe('the directory of uploads', () => {
  const DAY_MS = 86_400_000;
  const send = (folder: string, content: string, totalBytes = 10_000): ReturnType<typeof receiveUpload> =>
    receiveUpload(Readable.from([Buffer.from(content)]), { directory: folder, limitBytes: 500, totalBytes });
  const after = async (file: string, milliseconds: number): Promise<ReturnType<typeof instantFromDatabase>> =>
    instantFromDatabase(new Date(Math.ceil((await stat(file)).ctimeMs) + milliseconds).toISOString());
  const pause = (): Promise<void> => new Promise((go) => setTimeout(go, 300));

  it('takes no more than there is room for all files together, and the rest when some have gone', async () => {
    const folder = join(directory, 'full');
    await send(folder, 'a'.repeat(60), 100);
    await expect(send(folder, 'b'.repeat(60), 100)).rejects.toMatchObject({
      code: 'DEPENDENCY_UNAVAILABLE',
      details: { reason: 'UPLOADS_FULL' },
    });
    await send(folder, 'c'.repeat(40), 100);
    await expect(send(folder, 'd', 100)).rejects.toMatchObject({ details: { reason: 'UPLOADS_FULL' } });
    expect(await readdir(folder)).toHaveLength(2);
    await rm(uploadedFile(folder, createHash('sha256').update('a'.repeat(60)).digest('hex')));
    await send(folder, 'd', 100);
  });

  it('is freed of what broke off a day ago, and of old files that no import needs', async () => {
    const folder = join(directory, 'cleaned');
    await mkdir(folder);
    const open = new Map<string, string>();
    for (const state of ['WAITING', 'RUNNING', 'STOPPED', 'COMPLETED', 'FAILED']) {
      const { digest, bytes } = await send(folder, `id,name\n${state}`);
      const job = { organisationId: operator.cityId, fileName: state, fileDigest: digest, fileBytes: bytes, columns: null };
      const content = JSON.parse(await readFile(mapping, 'utf8')) as Json;
      const { importJobId } = valueOf(
        await execute(contextOn(database, clock), createImportJob, { ...job, mapping: content }, `clean-${state}`),
      );
      await database.raw(
        `UPDATE import_job SET state = $2, ended_at = CASE WHEN $2 IN ('COMPLETED', 'FAILED') THEN now() END,
           failure_code = CASE WHEN $2 = 'FAILED' THEN 'TOO_MANY_REJECTS' END WHERE id = $1`,
        [importJobId, state],
      );
      if (['WAITING', 'RUNNING', 'STOPPED'].includes(state)) open.set(state, digest);
    }
    const orphan = await send(folder, 'nobody imports it');
    const repeated = await send(folder, 'sent again');
    await writeFile(join(folder, 'evt_old.part'), 'x');
    await writeFile(join(folder, 'somebody-else'), 'x');
    await pause();
    const { mtimeMs } = await stat(repeated.file);
    await send(folder, 'sent again');
    await writeFile(join(folder, 'evt_new.part'), 'x');
    // What an import compares has not moved.
    expect((await stat(repeated.file)).mtimeMs).toBe(mtimeMs);
    const clean = async (days: number): Promise<{ rows: number }> => {
      const { value } = await database.core.transaction(async (transaction) => ({
        commit: true,
        value: await cleanUploads(folder, {
          now: await after(join(folder, 'evt_new.part'), days * DAY_MS - 100),
          olderThanDays: 7,
          openDigests: (digests) => selectOpenDigests(transaction, digests),
        }),
      }));
      return value;
    };
    expect(await clean(1)).toEqual({ rows: 1, more: false });
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual(['evt_new.part']);
    // Completed, failed, and never imported; and not the one that was sent again.
    await writeFile(join(folder, 'evt_new.part'), 'x');
    expect(await clean(7)).toMatchObject({ rows: 4 });
    expect((await readdir(folder)).sort()).toEqual([...open.values(), repeated.digest, 'somebody-else'].sort());
    await expect(stat(orphan.file)).rejects.toThrow('ENOENT');
    expect(
      await cleanUploads(join(directory, 'nowhere'), { now: clock.now(), olderThanDays: 7, openDigests: () => Promise.resolve(new Set()) }),
    ).toEqual({
      rows: 0,
      more: false,
    });
  });
});
