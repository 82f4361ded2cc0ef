import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { receiveUpload, uploadedFile } from '../../src/access/file';
import { importFile, ImportRefused, importText } from '../../src/access/cli/import-file';
import { useDatabase } from '../support/database';
import { SetClock, contextOn, foundTestOperator } from './operator-fixture';

const database = useDatabase();
const clock = new SetClock();
let directory: string;
let mapping: string;

beforeAll(async () => {
  await foundTestOperator(contextOn(database, clock));
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
      receiveUpload(Readable.from([Buffer.from('id,'), Buffer.from('name\n')]), { directory: directoryOf(), limitBytes: 100 });
    const [first, second] = [await take(), await take()];
    expect(second).toEqual(first);
    expect(first).toMatchObject({ bytes: 8, file: uploadedFile(directoryOf(), first.digest) });
    expect(await readFile(first.file, 'utf8')).toBe('id,name\n');
  });

  it('leaves nothing when it is too long, or breaks off', async () => {
    const before = await readdir(directoryOf());
    const long = Readable.from(Array.from({ length: 10 }, () => Buffer.alloc(100)));
    await expect(receiveUpload(long, { directory: directoryOf(), limitBytes: 500 })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    const broken = new Readable({ read: () => undefined });
    broken.push(Buffer.alloc(10));
    setTimeout(() => broken.destroy(new Error('gone')), 20);
    await expect(receiveUpload(broken, { directory: directoryOf(), limitBytes: 500 })).rejects.toThrow('gone');
    expect(await readdir(directoryOf())).toEqual(before);
    expect(() => uploadedFile(directoryOf(), '../../etc/passwd')).toThrow('SHA-256');
  });
});
