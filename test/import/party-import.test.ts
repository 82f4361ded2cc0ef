import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { digestFile, FileUnreadable, readMappingFile, rejectsOf, RowFile, writeRejectsFile } from '../../src/access/file';
import type { CallContext } from '../../src/business/context';
import { programContext } from '../../src/business/process/program-context';
import { execute } from '../../src/business/execute';
import {
  createImportJob,
  parseMapping,
  partyImportWorkflow,
  runPartyImport,
  selectImportJobsById,
  startImportJob,
  stopImportJob,
  type ImportJob,
  type ImportReject,
  type ImportRequest,
} from '../../src/business/process/party-import';
import type { ProcessEngine } from '../../src/data/engine/process-engine';
import type { Step } from '../../src/data/engine/workflow';
import { newId, type Id } from '../../src/kernel/id';
import { Scope } from '../../src/kernel/scope';
import type { Json } from '../../src/kernel/stable-json';
import { useDatabase } from '../support/database';
import { SetClock, contextOn, foundTestOperator, valueOf, type Operator } from './operator-fixture';

const CHURN = resolve(__dirname, '../../../shared/data/telco-customer-churn.csv');
const database = useDatabase();
const clock = new SetClock();
let context: CallContext;
let operator: Operator;
let directory: string;

beforeAll(async () => {
  context = contextOn(database, clock);
  operator = await foundTestOperator(context);
  directory = await mkdtemp(join(tmpdir(), 'sanhu-import-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function jobOf(
  file: string,
  mapping: Json,
  more: { rejectsMax?: number; by?: CallContext } = {},
): Promise<{ importJobId: Id<'importJob'>; known: boolean; source: RowFile }> {
  const parsed = valueOf(parseMapping(mapping));
  const source = await RowFile.open(file, parsed.file);
  const { digest, bytes } = await digestFile(file);
  const { by = context, rejectsMax } = more;
  const input = {
    organisationId: operator.cityId,
    fileName: file,
    fileDigest: digest,
    fileBytes: bytes,
    columns: await source.columns(),
    mapping,
    ...(rejectsMax === undefined ? {} : { rejectsMax }),
  };
  const { importJobId, known } = valueOf(await execute(by, createImportJob, input, newId('event')));
  return { importJobId, known, source };
}

async function importFile(file: string, mapping: Json, more: Partial<ImportRequest> & { rejectsMax?: number } = {}): Promise<ImportJob> {
  const { importJobId, source } = await jobOf(file, mapping, more);
  return valueOf(await runPartyImport({ context, importJobId, source, ...more }));
}

async function rejectsIn(jobId: Id<'importJob'>): Promise<ImportReject[]> {
  const rejects: ImportReject[] = [];
  for await (const reject of rejectsOf(context, jobId)) rejects.push(reject);
  return rejects;
}

const SMALL: Json = {
  source: 'small',
  file: { format: 'csv', rowBytesMax: 2_000 },
  rowKey: ['id'],
  columns: {
    id: {}, name: {}, kind: { values: ['P', 'F'] }, city: { optional: true }, phone: { optional: true, lengthMax: 30 },
    fee: { as: 'decimal', optional: true }, months: { as: 'integer', optional: true },
  },
  customer: {
    kind: { column: 'kind', map: { P: 'INDIVIDUAL', F: 'ENTERPRISE' } },
    name: { column: 'name' },
    organisation: { column: 'city' },
    contacts: [{ when: [{ column: 'phone', filled: true }], kind: { constant: 'PHONE' }, value: { column: 'phone' } }],
    attributes: { fee: { column: 'fee' }, months: { column: 'months', default: 0 } },
  },
  account: { name: { constant: '账户' }, ratingType: { constant: 'PREPAID' }, paymentMethod: { constant: 'CASH' }, billingDay: { constant: 5 } },
  subscribers: [{ serviceType: { constant: 'MOBILE' }, identifier: { generate: 'digits', prefix: '139', digits: 8 } }],
}; // prettier-ignore

const small = (changes: Readonly<Record<string, Json>>): Json => ({ ...(SMALL as Record<string, Json>), ...changes });

async function fileOf(name: string, content: string | Buffer): Promise<string> {
  const file = join(directory, name);
  await writeFile(file, content);
  return file;
}

describe('an import', () => {
  it('makes of each row what the mapping says', async () => {
    const file = await fileOf(
      'first.csv',
      '\ufeffid,name,kind,city,phone,fee,months\r\n1,"陈, 静",P,HALL,0571 88880001,29.850,3\r\n\r\n 2 , 云帆公司 ,F,,,,\r\n',
    );
    const job = await importFile(file, small({ source: 'first' }));
    expect(job).toMatchObject({
      state: 'COMPLETED',
      customers: 2,
      accounts: 2,
      subscribers: 2,
      rejectedRows: 0,
      position: { row: 2, line: 4 },
    });
    const rows = await database.raw(
      `SELECT c.name, c.kind, c.attributes, o.code, a.currency, a.rating_type, s.status, k.value AS phone
       FROM import_row r JOIN customer c ON c.id = r.customer_id JOIN organisation o ON o.id = c.organisation_id JOIN account a ON a.customer_id = c.id
       JOIN subscriber_customer f ON f.customer_id = c.id AND f.role = 'OWNER' JOIN subscriber s ON s.id = f.subscriber_id
       LEFT JOIN customer_contact k ON k.customer_id = c.id WHERE r.source = 'first' ORDER BY r.row_key`,
    );
    expect(rows).toEqual([
      {
        name: '陈, 静',
        kind: 'INDIVIDUAL',
        attributes: { fee: '29.850', months: 3 },
        code: 'HALL',
        currency: 'CNY',
        rating_type: 'PREPAID',
        status: 'active',
        phone: '0571 88880001',
      },
      {
        name: '云帆公司',
        kind: 'ENTERPRISE',
        attributes: { months: 0 },
        code: 'CITY',
        currency: 'CNY',
        rating_type: 'PREPAID',
        status: 'active',
        phone: null,
      },
    ]);
  });

  it('reads JSON Lines, and GB 18030', async () => {
    const lines = [
      '{"id":1,"name":"叶敏","kind":"P","fee":12.5,"city":null}',
      '{"id":2,"name":{"zh":"x"},"kind":"P"}',
      '[1]',
      '{"id":',
    ].join('\n');
    const json = await importFile(await fileOf('rows.jsonl', lines), small({ source: 'json', file: { format: 'jsonl' } }));
    expect(json).toMatchObject({ state: 'COMPLETED', customers: 1, rejectedRows: 3 });
    expect((await rejectsIn(json.id)).map(({ row, line, code }) => [row, line, code])).toEqual([
      [2, 2, 'ROW_MALFORMED'],
      [3, 3, 'ROW_MALFORMED'],
      [4, 4, 'ROW_MALFORMED'],
    ]);
    const gb = Buffer.concat([
      Buffer.from('id,name,kind\n1,'),
      Buffer.from([0xd2, 0xb6, 0xc3, 0xf4]),
      Buffer.from(',P\n2,'),
      Buffer.from([0xff, 0xff]),
      Buffer.from(',P\n'),
    ]);
    const columns = { id: {}, name: {}, kind: { values: ['P', 'F'] } };
    const plain = {
      source: 'gb',
      file: { format: 'csv', encoding: 'gb18030' },
      columns,
      customer: { kind: { constant: 'INDIVIDUAL' }, name: { column: 'name' } },
    };
    const chinese = await importFile(await fileOf('gb.csv', gb), small(plain));
    expect(chinese).toMatchObject({ customers: 1, rejectedRows: 1 });
    expect(await database.raw(`SELECT c.name FROM import_row r JOIN customer c ON c.id = r.customer_id WHERE r.source = 'gb'`)).toEqual([
      { name: '叶敏' },
    ]);
    expect(await rejectsIn(chinese.id)).toMatchObject([{ row: 2, code: 'ENCODING_INVALID' }]);
  });

  it('names what is wrong with each row, in both languages, and imports the others', async () => {
    const broken: [string, string, string | null][] = [
      ['1,好,P,,,,', '', null],
      ['2,,P,,,,', 'MISSING_FIELD', 'name'],
      ['3,好', 'MISSING_FIELD', 'kind'],
      ['4,好,X,,,,', 'WRONG_VALUE', 'kind'],
      ['5,好,P,NOWHERE,,,', 'ORGANISATION_UNKNOWN', 'city'],
      ['6,好,P,TEST,,,', 'ORGANISATION_UNKNOWN', 'city'],
      ['7,好,P,,nine,,', 'CONTACT_INVALID', 'phone'],
      ['8,好,P,,,1.2.3,', 'NOT_A_NUMBER', 'fee'],
      ['9,好,P,,,,1.5', 'NOT_A_NUMBER', 'months'],
      ['10,好,P,,,,,,', 'EXTRA_FIELDS', null],
      ['11,"好,P,,,,', 'ROW_MALFORMED', null],
      ['12,好"好,P,,,,', 'ROW_MALFORMED', null],
      ['1,其他,P,,,,', 'DUPLICATE_KEY', 'id'],
      [`13,${'长'.repeat(300)},P,,,,`, 'FIELD_TOO_LONG', 'name'],
      [`14,${'长'.repeat(3_000)},P,,,,`, 'ROW_TOO_LONG', null],
      ['15,a\u0000b,P,,,,', 'CHARACTER_INVALID', 'name'],
      ['16,,X,,,,x', 'MISSING_FIELD', 'name'],
      ['17,末,F,,,,', '', null],
    ];
    const file = await fileOf('broken.csv', `id,name,kind,city,phone,fee,months\n${broken.map(([row]) => row).join('\n')}\n`);
    const job = await importFile(file, small({ source: 'broken' }), { batchRows: 4 });
    expect(job).toMatchObject({ state: 'COMPLETED', customers: 2, rejectedRows: 16 });
    const rejects = await rejectsIn(job.id);
    const expected = broken.flatMap(([, code, field], n) => (code === '' ? [] : [[n + 1, n + 2, field, code]]));
    expect(rejects.map(({ row, line, field, code }) => [row, line, field, code])).toEqual(expected);
    for (const { message } of rejects) {
      expect(message.zh).toMatch(/[一-龥]/);
      expect(message.en).toMatch(/[a-z]{3}/);
      expect(message.zh + message.en).not.toMatch(/\{\w+\}/);
    }
    expect(rejects.at(-1)).toMatchObject({ further: ['kind WRONG_VALUE', 'months NOT_A_NUMBER'] });
    const out = join(directory, 'rejects.csv');
    expect(await writeRejectsFile(out, rejectsOf(context, job.id))).toBe(16);
    expect((await readFile(out, 'utf8')).split('\n').slice(0, 2)).toEqual([
      'row,line,key,field,code,message_zh,message_en,further',
      '2,3,2,name,MISSING_FIELD,缺少必填字段,The field is missing.,',
    ]);
  });

  it('skips a row that another file brought, and rejects it when it says something else', async () => {
    const head = 'id,name,kind,city,phone,fee,months\n';
    await importFile(await fileOf('a.csv', `${head}1,甲,P,,,,\n2,乙,P,,,,\n`), small({ source: 'twice' }));
    const job = await importFile(
      await fileOf('b.csv', `${head}1,甲,P,,,,\n2,丙,P,,,,\n3,丁,P,,,,\n1,甲,P,,,,\n2,乙,P,,,,\n`),
      small({ source: 'twice' }),
    );
    expect(job).toMatchObject({ customers: 1, skippedRows: 1, rejectedRows: 3 });
    expect((await rejectsIn(job.id)).map(({ row, code, field }) => [row, code, field])).toEqual([
      [2, 'ROW_CHANGED', 'id'],
      [4, 'DUPLICATE_KEY', 'id'],
      [5, 'DUPLICATE_KEY', 'id'],
    ]);
  });

  it('generates free numbers that depend on the key alone, the earlier row first where two meet', async () => {
    const rows = Array.from({ length: 400 }, (_, n) => `${n},名,P,,,,`).join('\n');
    const file = await fileOf('crowd.csv', `id,name,kind,city,phone,fee,months\n${rows}\n`);
    const crowded = (source: string): Json =>
      small({
        source,
        subscribers: [{ serviceType: { constant: 'MOBILE' }, identifier: { generate: 'digits', prefix: '1370000', digits: 4 } }],
      });
    const numbersAfter = async (batchRows: number): Promise<unknown> => {
      const job = await importFile(file, crowded('crowd'), { batchRows });
      expect(job).toMatchObject({ state: 'COMPLETED', customers: 400, rejectedRows: 0 });
      const numbers = await database.raw(
        `SELECT r.row_key, i.value FROM import_row r JOIN subscriber_customer f ON f.customer_id = r.customer_id AND f.role = 'OWNER'
         JOIN subscriber_identifier i ON i.subscriber_id = f.subscriber_id WHERE r.source = 'crowd' ORDER BY r.row_number`,
      );
      await database.raw(`DELETE FROM import_row WHERE source = 'crowd'`);
      await database.raw(`DELETE FROM import_job WHERE source = 'crowd'`);
      await database.raw(`DELETE FROM subscriber_identifier WHERE value LIKE '1370000%'`);
      return numbers;
    };
    const numbers = await numbersAfter(500);
    expect(new Set((numbers as { value: string }[]).map(({ value }) => value)).size).toBe(400);
    // 400 of 10,000: some eight pairs meet. In other batches the same rows give way.
    expect(await numbersAfter(7)).toEqual(numbers);
  });

  it('fails when more rows are rejected than allowed, and goes on when more are allowed', async () => {
    const rows = Array.from({ length: 30 }, (_, n) => `${n},名,${n < 20 ? 'X' : 'P'},,,,`).join('\n');
    const file = await fileOf('wrong.csv', `id,name,kind,city,phone,fee,months\n${rows}\n`);
    const failed = await importFile(file, small({ source: 'wrong' }), { batchRows: 5, rejectsMax: 12 });
    expect(failed).toMatchObject({ state: 'FAILED', failureCode: 'TOO_MANY_REJECTS', rejectedRows: 15 });
    const done = await importFile(file, small({ source: 'wrong' }), { batchRows: 5, rejectsMax: 100 });
    expect(done).toMatchObject({ id: failed.id, state: 'COMPLETED', rejectedRows: 20, customers: 10 });
  });
});

describe('an import that is stopped', () => {
  const rows = (count: number): string => Array.from({ length: count }, (_, n) => `${n},名${n},P,,,,`).join('\n');

  it('goes on behind its last batch, as if it had never been stopped', async () => {
    const file = await fileOf('long.csv', `id,name,kind,city,phone,fee,months\n${rows(100)}\n`);
    const stop = new AbortController();
    const onProgress = ({ rows: done }: { rows: number }): void => void (done >= 30 && stop.abort());
    const stopped = await importFile(file, small({ source: 'long' }), { batchRows: 10, signal: stop.signal, onProgress });
    expect(stopped).toMatchObject({ state: 'STOPPED', customers: 30, position: { row: 30, line: 31 } });
    const done = await importFile(file, small({ source: 'long' }), { batchRows: 10 });
    expect(done).toMatchObject({ id: stopped.id, state: 'COMPLETED', customers: 100, rejectedRows: 0 });
    expect(
      await database.raw(`SELECT count(*)::int AS n, count(DISTINCT customer_id)::int AS c FROM import_row WHERE source = 'long'`),
    ).toEqual([{ n: 100, c: 100 }]);
  });

  it('can be stopped by someone else: its runner is told at the next batch', async () => {
    const file = await fileOf('other.csv', `id,name,kind,city,phone,fee,months\n${rows(50)}\n`);
    const { importJobId, source } = await jobOf(file, small({ source: 'other' }));
    let stopping: Promise<unknown> | undefined;
    const onProgress = (): void => {
      stopping ??= execute(context, stopImportJob, { importJobId, runner: null, failureCode: null }, newId('event'));
    };
    const slow = {
      columns: () => source.columns(),
      read: async (...request: Parameters<RowFile['read']>) => (await stopping, source.read(...request)),
    };
    const result = await runPartyImport({ context, importJobId, source: slow, batchRows: 10, onProgress });
    expect(result).toMatchObject({ ok: false, refusals: [{ code: 'IMPORT_TAKEN_OVER' }] });
    expect(await selectImportJobsById(context, [importJobId])).toMatchObject([{ state: 'STOPPED', customers: 10 }]);
  });

  it('is done by one of two that begin it at once; the other is told', async () => {
    const file = await fileOf('race.csv', `id,name,kind,city,phone,fee,months\n${rows(300)}\n`);
    const { importJobId, source } = await jobOf(file, small({ source: 'race' }));
    const slow = {
      columns: () => source.columns(),
      read: async (...request: Parameters<RowFile['read']>) => (await new Promise((go) => setTimeout(go, 100)), source.read(...request)),
    };
    const results = await Promise.all([1, 2].map(() => runPartyImport({ context, importJobId, source: slow, batchRows: 10 })));
    const outcomes = results.map((result) => (result.ok ? result.value.state : result.refusals[0]?.code));
    expect(outcomes.sort()).toEqual(['COMPLETED', 'IMPORT_UNDER_WAY']);
    expect(await database.raw(`SELECT customers, rejected_rows FROM import_job WHERE id = $1`, [importJobId])).toEqual([
      { customers: 300, rejected_rows: 0 },
    ]);
  });

  it('goes on as the same runner in another process, unless someone stopped it in between', async () => {
    const file = await fileOf('steps.csv', `id,name,kind,city,phone,fee,months\n${rows(60)}\n`);
    const { importJobId, source } = await jobOf(file, small({ source: 'steps' }));
    const step = (continuing: boolean): ReturnType<typeof runPartyImport> =>
      runPartyImport({ context, importJobId, source, batchRows: 10, runner: 'worker', batchesMax: 2, continuing });
    expect(valueOf(await step(false))).toMatchObject({ state: 'RUNNING', customers: 20 });
    expect(valueOf(await step(true))).toMatchObject({ state: 'RUNNING', customers: 40 });
    valueOf(await execute(context, stopImportJob, { importJobId, runner: null, failureCode: null }, newId('event')));
    expect(valueOf(await step(true))).toMatchObject({ state: 'STOPPED', customers: 40 });
    expect(valueOf(await step(false))).toMatchObject({ state: 'COMPLETED', customers: 60 });
  });

  it('is run by a worker for him who made it', async () => {
    const file = await fileOf('worker.csv', `id,name,kind,city,phone,fee,months\n${rows(30)}\n`);
    const actor = { kind: 'STAFF', id: 'stf_maker', clientId: 'counter', address: '10.0.0.1' } as const;
    const by = { ...context, actor };
    const { importJobId, source } = await jobOf(file, small({ source: 'worker' }), { by });
    const workflow = partyImportWorkflow({ database: database.core, clock, openSource: () => Promise.resolve(source) });
    const enqueued: unknown[] = [];
    let workflowId: string | undefined;
    const engine = {
      enqueue: (...[, , input, options]: Parameters<ProcessEngine['enqueue']>) => {
        workflowId = options?.workflowId;
        return Promise.resolve(void enqueued.push(input));
      },
    };
    const start = startImportJob(engine as unknown as ProcessEngine, workflow);
    expect(valueOf(await execute(by, start, { importJobId }, newId('event')))).toEqual({ importJobId, state: 'WAITING' });
    expect(enqueued).toEqual([{ importJobId }]);
    const step = {
      workflowId,
      run: (_name: string, work: (key: string) => Promise<unknown>) => work('key'),
    } as unknown as Step;
    expect(await workflow.run(step, { importJobId })).toBe('COMPLETED');
    const [made] = await database.raw(
      `SELECT count(*)::int AS n, min(e.actor_id) AS actor FROM import_row r JOIN audit_entry e ON e.subject_id = r.customer_id WHERE r.job_id = $1`,
      [importJobId],
    );
    expect(made).toEqual({ n: 30, actor: 'stf_maker' });
    expect(valueOf(await execute(by, start, { importJobId }, newId('event')))).toEqual({ importJobId, state: 'COMPLETED' });
    expect(enqueued).toHaveLength(1);
  });

  it('fails when its file is changed in the middle', async () => {
    const content = `id,name,kind,city,phone,fee,months\n${rows(50)}\n`;
    const file = await fileOf('changing.csv', content);
    let changed: Promise<void> | undefined;
    const { importJobId, source } = await jobOf(file, small({ source: 'changing' }));
    const slow = {
      columns: () => source.columns(),
      read: async (...request: Parameters<RowFile['read']>) => (await changed, source.read(...request)),
    };
    const onProgress = (): void => void (changed ??= writeFile(file, content.replaceAll('名', '姓')));
    const job = valueOf(await runPartyImport({ context, importJobId, source: slow, batchRows: 10, onProgress }));
    expect(job).toMatchObject({ state: 'FAILED', failureCode: 'FILE_CHANGED', customers: 10 });
  });
});

describe('who may import', () => {
  it('is decided at the node, for making the job and for seeing it', async () => {
    const file = await fileOf('scope.csv', 'id,name,kind,city,phone,fee,months\n1,名,P,,,,\n');
    const importer = Scope.of([{ permission: 'import:run', node: operator.hallId, lines: null }]);
    const elsewhere = contextOn(database, clock, importer);
    await expect(jobOf(file, small({ source: 'scope' }), { by: elsewhere })).rejects.toThrow('ORGANISATION_NOT_FOUND');
    const { importJobId } = await jobOf(file, small({ source: 'scope' }));
    expect(await selectImportJobsById(elsewhere, [importJobId])).toEqual([]);
    expect(await execute(elsewhere, stopImportJob, { importJobId, runner: null, failureCode: null }, newId('event'))).toMatchObject({
      ok: false,
      refusals: [{ code: 'NOT_FOUND' }],
    });
    const reader = Scope.of([{ permission: 'customer:read', node: operator.rootId, lines: null }]);
    await expect(jobOf(file, small({ source: 'scope' }), { by: contextOn(database, clock, reader) })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('is written down as who made the rows', async () => {
    const file = await fileOf('actor.csv', 'id,name,kind,city,phone,fee,months\n1,名,P,,,,\n');
    const actor = { kind: 'STAFF', id: 'stf_someone', clientId: 'importer', address: null } as const;
    const job = await importFile(file, small({ source: 'actor' }), { context: programContext(database.core, clock, actor, 'trace') });
    const audited = await database.raw(
      `SELECT DISTINCT e.actor_id, e.operation FROM audit_entry e JOIN import_row r ON r.customer_id = e.subject_id WHERE r.job_id = $1`,
      [job.id],
    );
    expect(audited).toEqual([{ actor_id: 'stf_someone', operation: 'importParties' }]);
  });
});

describe('a mapping that is wrong', () => {
  it.each<[string, Json, string]>([
    ['a misspelt word', small({ acount: {} }), 'the top'],
    ['an unknown column', small({ rowKey: ['nobody'] }), 'rowKey.0'],
    [
      'a word that does not exist',
      small({ account: { ...((SMALL as Record<string, Json>)['account'] as object), ratingType: { constant: 'LATER' } } }),
      'account.ratingType.constant',
    ],
    [
      'a map with a gap',
      small({ customer: { kind: { column: 'kind', map: { P: 'INDIVIDUAL' } }, name: { column: 'name' } } }),
      'customer.kind.map',
    ],
    [
      'a condition that never holds',
      small({
        subscribers: [{ when: [{ column: 'kind', is: ['Q'] }], serviceType: { constant: 'MOBILE' }, identifier: { column: 'phone' } }],
      }),
      'subscribers.0.when.0',
    ],
    ['a value of no form', small({ customer: { kind: { constant: 'INDIVIDUAL' }, name: 'name' } }), 'customer.name'],
  ])('%s is named with its place', (_what, mapping, place) => {
    const parsed = parseMapping(mapping);
    expect(parsed.ok ? [] : parsed.refusals.map(({ code, field }) => [code, field?.slice(1).join('.')])).toContainEqual([
      'MAPPING_INVALID',
      place,
    ]);
  });

  it('is told with its place when it is not JSON', async () => {
    await expect(readMappingFile(await fileOf('mapping.json', '{\n  "source": "a" "b" }'))).rejects.toThrow(/line 2, column 17/);
    await expect(readMappingFile(await fileOf('mapping.json', '{\n  "source": oops }'))).rejects.toThrow(/"source": oops/);
    await expect(readMappingFile('no-such-mapping')).rejects.toThrow(FileUnreadable);
  });

  it('is refused when the file lacks its columns', async () => {
    await expect(jobOf(await fileOf('few.csv', 'id,name\n'), SMALL)).rejects.toThrow('COLUMNS_MISSING');
  });
});

const ifChurn = existsSync(CHURN) ? describe : describe.skip;
const NEEDED = existsSync(CHURN) ? '' : ' (skipped: needs ../shared/data/telco-customer-churn.csv)';

ifChurn(`the churn file${NEEDED}`, () => {
  it('imports a copy with 50 broken rows but for these, and names them', async () => {
    const [head = '', ...lines] = (await readFile(CHURN, 'utf8')).trimEnd().split('\n');
    const expected = new Map<number, string>();
    const broken = lines.map((line, n) => {
      const kind = BREAKAGES[expected.size % BREAKAGES.length] as Breakage;
      if ((n + 1) % 137 !== 0 || expected.size === 50) return Buffer.from(line);
      expected.set(n + 1, kind);
      return breakRow(kind, line.split(','), (lines[n - 100] ?? '').split(',')[0] ?? '');
    });
    expect(expected.size).toBe(50);
    const newline = Buffer.from('\n');
    const file = await fileOf('churn-broken.csv', Buffer.concat([Buffer.from(`${head}\n`), ...broken.flatMap((line) => [line, newline])]));
    const mapping = { ...((await readMappingFile('telco-customer-churn')) as Record<string, Json>), source: 'churn-broken' };
    const job = await importFile(file, withoutProducts(mapping));
    expect(job).toMatchObject({
      state: 'COMPLETED',
      customers: 6_993,
      accounts: 6_993,
      rejectedRows: 50,
      position: { row: 7_043, line: 7_044 },
    });
    const named = (await rejectsIn(job.id)).map(({ row, code }) => [row, code]);
    expect(named).toEqual([...expected]);
  }, 120_000);
});

const BREAKAGES = ['ENCODING_INVALID', 'MISSING_FIELD', 'WRONG_VALUE', 'DUPLICATE_KEY', 'ROW_TOO_LONG'] as const;
type Breakage = (typeof BREAKAGES)[number];

/** A row of the churn file with one thing wrong; `otherKey` is that of an earlier row. */
function breakRow(kind: Breakage, fields: readonly string[], otherKey: string): Buffer {
  const text = (place: number, value: string): Buffer => Buffer.from(fields.with(place, value).join(','));
  switch (kind) {
    case 'ENCODING_INVALID': {
      const [before, after] = [fields.slice(0, 3).join(','), fields.slice(4).join(',')];
      return Buffer.concat([Buffer.from(`${before},`), Buffer.from([0xc3, 0x28]), Buffer.from(`,${after}`)]);
    }
    case 'MISSING_FIELD':
      return text(15, '');
    case 'WRONG_VALUE':
      return text(8, 'Carrier_pigeon');
    case 'DUPLICATE_KEY':
      return text(0, otherKey);
    case 'ROW_TOO_LONG':
      return text(1, 'x'.repeat(10_000_000));
  }
}

/** The parties of the file alone: this operator sells nothing. */
function withoutProducts(mapping: Readonly<Record<string, Json>>): Json {
  const { monthlyCharge: _monthlyCharge, subscribers, ...rest } = mapping;
  return {
    ...rest,
    subscribers: (subscribers as Readonly<Record<string, Json>>[]).map(({ products: _products, ...subscriber }) => subscriber),
  };
}
