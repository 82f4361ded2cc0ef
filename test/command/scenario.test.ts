import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Client } from 'pg';
import { MAIN, until } from '../support/program';

const server = process.env['SANHU_TEST_SERVER'] ?? '';
const folder = mkdtempSync(join(tmpdir(), 'sanhu-scenario-'));
/** Who plays here: scenarios are played by other suites on the same server meanwhile. A template that he makes keeps him there. */
const player = `player_${randomBytes(4).toString('hex')}`;
let playersUrl: string;
let administrator: Client;

beforeAll(async () => {
  administrator = new Client(server);
  await administrator.connect();
  await administrator.query(`CREATE ROLE ${player} SUPERUSER LOGIN PASSWORD '${player}'`);
  playersUrl = Object.assign(new URL(server), { username: player, password: player }).href;
});
afterAll(async () => {
  await administrator.end();
  rmSync(folder, { recursive: true, force: true });
});

const GOOD = `scenario: One phone
begins: 2026-01-01
parties:
  customers: { zhang: {} }
  accounts: { account: { customer: zhang } }
  subscribers:
    phone: { serviceType: MOBILE, owner: zhang, account: account, identifier: 13800000001 }
expect:
  - subscriber: phone
    status: active
`;

function write(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return name;
}

function start(args: readonly string[]): ReturnType<typeof spawn> {
  return spawn(process.execPath, [MAIN, 'scenario', ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', DATABASE_URL: playersUrl, SANHU_SIGNING_KEY: 'a signing key of at least 32 characters' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function run(args: readonly string[]): Promise<{ code: number | null; output: string; errors: string }> {
  const child = start(args);
  const [[code], output, errors] = await Promise.all([
    once(child, 'close') as Promise<[number | null]>,
    text(child.stdout as NonNullable<typeof child.stdout>),
    text(child.stderr as NonNullable<typeof child.stderr>),
  ]);
  return { code, output, errors };
}

/** The databases of what was played here that are on the server. */
async function played(): Promise<string[]> {
  const { rows } = await administrator.query<{ datname: string }>(
    `SELECT datname FROM pg_database WHERE datname LIKE 'sanhu\\_scenario\\_%' AND datname NOT LIKE 'sanhu\\_scenario\\_template\\_%'
       AND datdba = $1::regrole`,
    [player],
  );
  return rows.map(({ datname }) => datname);
}

test('files are played one after the other, and their databases dropped; who is not as expected makes it end with 1', async () => {
  const files = [
    write('good.yaml', GOOD),
    write('wrong.yaml', GOOD.replace('active', 'suspended')),
    write('bad.yaml', 'scenario: 1\nbegins: soon\n'),
  ];
  const before = await played();
  expect(await run(files.slice(0, 1))).toEqual({ code: 0, output: 'ok      good.yaml: One phone (3 steps, 1 expectations)\n', errors: '' });
  const { code, output } = await run(files);
  expect(code).toBe(1);
  expect(output.split('\n')).toEqual([
    'ok      good.yaml: One phone (3 steps, 1 expectations)',
    'FAILED  wrong.yaml: One phone',
    '  wrong.yaml:10:13: status of phone is not as expected',
    '      expected  suspended',
    '      actual    active',
    '      line 10: status: suspended',
    'FAILED  bad.yaml',
    expect.stringMatching(/^ {2}bad\.yaml:2:9: a date as /),
    '      line 2: begins: soon',
    '',
  ]);
  expect(await played()).toEqual(before);
});

test('a file that is not there ends it with its name', async () => {
  expect(await run(['missing.yaml'])).toMatchObject({ code: 1, errors: expect.stringMatching(/missing\.yaml: there is no such file/) });
});

test('--keep leaves the database, and prints where it is', async () => {
  const { code, output } = await run([write('kept.yaml', GOOD), '--keep']);
  expect(code).toBe(0);
  const url = /^kept +(\S+)$/m.exec(output)?.[1] ?? '';
  const client = new Client(url);
  await client.connect();
  const { rows } = await client.query<{ status: string }>('SELECT status FROM subscriber');
  await client.end();
  expect(rows).toEqual([{ status: 'active' }]);
  const name = new URL(url).pathname.slice(1);
  expect(await played()).toContain(name);
  await administrator.query(`DROP DATABASE ${name}`);
});

test('told to stop, it drops its database all the same', async () => {
  const before = await played();
  const steps = Array.from({ length: 5_000 }, (_, n) => `  - { at: 2026-01-01, createCustomer: { handle: c${n} } }\n`);
  const child = start([write('long.yaml', `scenario: Long\nbegins: 2026-01-01\ntimeline:\n${steps.join('')}`)]);
  await until(30_000, async () => (await played()).length > before.length);
  child.kill('SIGINT');
  const [code] = (await once(child, 'close')) as [number | null];
  expect(code).toBe(1);
  expect(await played()).toEqual(before);
});
