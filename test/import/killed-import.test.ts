import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { useDatabase } from '../support/database';
import { SetClock, contextOn, foundTestOperator, type Operator } from './operator-fixture';

const PROGRAM = ['-r', resolve(__dirname, '../support/run-typescript.cjs'), resolve(__dirname, 'import-child.ts')];
const database = useDatabase();
let operator: Operator;
let directory: string;

const MAPPING = {
  source: 'killed',
  file: { format: 'csv' },
  rowKey: ['id'],
  columns: { id: {}, name: {} },
  customer: { kind: { constant: 'INDIVIDUAL' }, name: { column: 'name' } },
  account: {
    name: { constant: '账户' },
    ratingType: { constant: 'PREPAID' },
    paymentMethod: { constant: 'CASH' },
    billingDay: { constant: 1 },
  },
  subscribers: [{ serviceType: { constant: 'MOBILE' }, identifier: { generate: 'digits', prefix: '139', digits: 8 } }],
};

beforeAll(async () => {
  operator = await foundTestOperator(contextOn(database, new SetClock()));
  directory = await mkdtemp(join(tmpdir(), 'sanhu-killed-'));
  await writeFile(join(directory, 'mapping.json'), JSON.stringify(MAPPING));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function countOf(what: string): Promise<number> {
  const [row] = await database.raw<{ n: number }>(`SELECT count(*)::int AS n FROM ${what}`);
  return row?.n ?? 0;
}

function begin(file: string): ChildProcess {
  return spawn(process.execPath, [...PROGRAM, 'run', database.url, file, join(directory, 'mapping.json'), operator.cityId], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Lets an import make some batches, and kills it a moment later, wherever it then is. */
async function killAfter(file: string, batches: number, moreMs: number): Promise<void> {
  const child = begin(file);
  let seen = 0;
  for await (const _line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    seen += 1;
    if (seen === batches) setTimeout(() => child.kill('SIGKILL'), moreMs);
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
}

describe('an import that is killed', () => {
  it('goes on behind its last batch: every row once, and with it all that belongs to it', async () => {
    const rows = 3_000;
    const file = join(directory, 'rows.csv');
    const broken = (n: number): boolean => n % 500 === 0;
    await writeFile(file, `id,name\n${Array.from({ length: rows }, (_, n) => `${n},${broken(n) ? '' : `名${n}`}`).join('\n')}\n`);
    for (const [batches, moreMs] of [
      [1, 0],
      [2, 7],
      [1, 19],
      [3, 42],
      [2, 73],
    ] as const) {
      await killAfter(file, batches, moreMs);
      // At no instant is there a customer without its key, or a key without its customer.
      expect(await countOf('customer')).toBe(await countOf('import_row'));
    }
    const killed = await countOf('customer');
    expect(killed).toBeGreaterThan(0);
    expect(killed).toBeLessThan(rows - 6);
    const last = begin(file);
    await once(last, 'exit');
    expect(last.exitCode).toBe(0);
    expect(await database.raw('SELECT state, customers, rejected_rows, position_row FROM import_job')).toEqual([
      { state: 'COMPLETED', customers: rows - 6, rejected_rows: 6, position_row: rows },
    ]);
    for (const table of [
      'customer',
      'account',
      'subscriber',
      'import_row',
      `audit_entry WHERE subject_kind = 'customer'`,
      `outbox_event WHERE subject_kind = 'account'`,
    ]) {
      expect({ [table]: await countOf(table) }).toEqual({ [table]: rows - 6 });
    }
    expect(await countOf('import_reject')).toBe(6);
  }, 120_000);
});

describe('a line of hundreds of megabytes', () => {
  it('is passed over without being held in memory', async () => {
    const file = join(directory, 'long.csv');
    const out = createWriteStream(file);
    out.write('id,name\n1,a\n2,');
    const megabyte = Buffer.alloc(1_048_576, 'x');
    for (let n = 0; n < 300; n += 1) if (!out.write(megabyte)) await once(out, 'drain');
    out.end('\n3,c\n');
    await once(out, 'finish');
    const child = spawn(process.execPath, [...PROGRAM, 'read', file, join(directory, 'mapping.json')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    for await (const part of child.stdout) printed += String(part);
    const told = JSON.parse(printed) as { rows: number; problems: number; grownBytes: number };
    expect(told).toMatchObject({ rows: 3, problems: 1 });
    expect(told.grownBytes).toBeLessThan(100_000_000);
  });
});
