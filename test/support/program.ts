import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type QueryResultRow } from 'pg';

/*
 * The built program as a user starts it, in processes of its own, on a data directory and ports of its own; and what of it
 * lives. Linux only where it looks into /proc.
 */

const PROJECT = resolve(__dirname, '../..');
export const MAIN = join(PROJECT, 'dist/src/main.js');
const PASSWORD = 'sanhu-demo-4000';
/** With a new directory: PostgreSQL made twice, the schema, the demonstration; on a machine that does other things too. */
const SERVES_WITHIN_MS = 150_000;

export type Environment = Readonly<Record<string, string>>;

/** One data directory, two ports for its servers, and every program that was started on them. */
export class Installation {
  public readonly directory = mkdtempSync(join(tmpdir(), 'sanhu-program-'));
  private readonly started: Program[] = [];

  private constructor(
    private readonly embeddedPort: number,
    private readonly elsewhere?: string,
  ) {
    chmodSync(this.directory, 0o755); // the servers of root run as another account, which must get in
  }

  /** @param data where its data are to be; unset: in a directory of its own */
  public static async make(data?: string): Promise<Installation> {
    return new Installation(await findFreePort(2), data);
  }

  public get data(): string {
    return this.elsewhere ?? join(this.directory, 'data');
  }

  /** Starts the program; does not wait. */
  public spawn(args: readonly string[], environment: Environment = {}, options: SpawnOptions = {}): Program {
    const given = { SANHU_DATA_DIRECTORY: this.data, SANHU_EMBEDDED_PORT: String(this.embeddedPort), ...environment };
    const child = spawn(process.execPath, [MAIN, ...args], {
      cwd: this.directory,
      env: { PATH: process.env['PATH'] ?? '', HOME: this.directory, TMPDIR: this.directory, SANHU_LOG_LEVEL: 'warn', ...given },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...options,
    });
    const program = new Program(child);
    this.started.push(program);
    return program;
  }

  /** Starts the program and waits until it serves. */
  public async serve(environment: Environment = {}, args: readonly string[] = ['serve']): Promise<Program> {
    const port = environment['SANHU_PORT'] ?? String(await findFreePort());
    const program = this.spawn(args, { ...environment, SANHU_PORT: port });
    await program.whenServing();
    return program;
  }

  /** The address of the primary, as an administrator on the machine finds it out. */
  public get primaryUrl(): string {
    const [, , , port] = readFileSync(join(this.data, 'primary', 'postmaster.pid'), 'utf8').split('\n');
    const password = readFileSync(join(this.data, 'primary', 'sanhu.password'), 'utf8').trim();
    return `postgres://sanhu:${password}@127.0.0.1:${port}/sanhu`;
  }

  /** What a second instance is told of the first's servers. */
  public get given(): Environment {
    return { DATABASE_URL: this.primaryUrl, SANHU_SIGNING_KEY: readFileSync(join(this.data, 'signing-key'), 'utf8').trim() };
  }

  /** The postmaster that runs on the primary's or the standby's data. */
  public postmaster(role: 'primary' | 'standby'): number | undefined {
    const of = this.postgresProcesses().filter((pid) => workingDirectory(pid) === join(this.data, role));
    return of.find((pid) => !of.includes(parentOf(pid)));
  }

  /** Every PostgreSQL process of this installation. */
  public postgresProcesses(): number[] {
    return processes().filter((pid) => workingDirectory(pid).startsWith(`${this.data}/`));
  }

  /** Every process that was started for this installation and lives. */
  public processes(): number[] {
    return [...this.postgresProcesses(), ...processes().filter((pid) => environmentOf(pid).includes(`SANHU_DATA_DIRECTORY=${this.data}`))];
  }

  /** A connection of an administrator; end it. */
  public async connect(): Promise<Client> {
    const client = new Client({ connectionString: this.primaryUrl, application_name: 'test', ssl: false });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  public async sql<Row extends QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const client = await this.connect();
    try {
      return (await client.query<Row>(text, [...values])).rows;
    } finally {
      await client.end();
    }
  }

  /** Kills the programs that a test has left running when it failed; their servers go on. */
  public async killPrograms(): Promise<void> {
    for (const program of this.started.splice(0)) if (!program.hasEnded) await program.end('SIGKILL');
  }

  /** Ends whatever lives, and removes the data. */
  public async remove(): Promise<void> {
    await this.killPrograms();
    for (let attempt = 0; attempt < 50 && this.processes().length > 0; attempt += 1) {
      for (const pid of this.processes()) kill(pid);
      await sleep(50);
    }
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** An answer, or why there was none. */
export interface Answer {
  readonly status: number | null;
  readonly data: Readonly<Record<string, unknown>> | null;
  /** The codes of its errors, each with its reason where it gives one; `HUNG_UP` when the connection ended without an answer. */
  readonly codes: readonly string[];
  readonly extensions: Readonly<Record<string, unknown>>;
  readonly tookMs: number;
}

export interface Asking {
  readonly token?: string | undefined;
  readonly path?: string;
  readonly signal?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One process of the program, with the roles it started. */
export class Program {
  public output = '';
  public errors = '';
  /** How it ended; null while it runs. */
  public readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;

  public constructor(public readonly child: ChildProcess) {
    child.stdout?.on('data', (text: Buffer) => (this.output += text.toString()));
    child.stderr?.on('data', (text: Buffer) => (this.errors += text.toString()));
    this.ended = new Promise((end) => child.once('close', (code, signal) => end({ code, signal })));
  }

  public get pid(): number {
    return this.child.pid ?? 0;
  }

  public get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  public async whenServing(): Promise<void> {
    await until(
      SERVES_WITHIN_MS,
      () => this.hasEnded || this.output.includes('Ctrl-C stops all of it.'),
      () => this.said(),
    );
    if (this.hasEnded) throw new Error(`The program ended: ${this.said()}`);
  }

  public said(): string {
    return `${this.output.slice(-2_000)}\n${this.errors.slice(-4_000)}`;
  }

  public get url(): string {
    const [, url = ''] = /staff +(http:\S+)\/graphql/.exec(this.output) ?? [];
    return url;
  }

  /** The processes that this one started, PostgreSQL's not among them. */
  public children(): number[] {
    return processes().filter((pid) => parentOf(pid) === this.pid && commandOf(pid).includes('--role'));
  }

  /** Sends the signal and waits for the end. */
  public async end(
    signal: NodeJS.Signals,
  ): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly tookMs: number }> {
    const begun = performance.now();
    this.child.kill(signal);
    return { ...(await this.ended), tookMs: performance.now() - begun };
  }

  public async logIn(loginName = 'admin'): Promise<string> {
    const response = await fetch(`${this.url}/auth/log-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ loginName, password: PASSWORD }),
    });
    const body = (await response.json()) as { accessToken?: string };
    if (body.accessToken === undefined) throw new Error(`no log-in as ${loginName}: ${response.status} ${JSON.stringify(body)}`);
    return body.accessToken;
  }

  /** One GraphQL request, of staff unless another path is named. Never rejects, and never waits longer than a minute. */
  public async ask({ token, path = '/graphql', signal, headers = {} }: Asking, query: string, variables: object = {}): Promise<Answer> {
    const begun = performance.now();
    const bound = AbortSignal.timeout(60_000);
    try {
      const response = await fetch(`${this.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'accept-language': 'en', ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers },
        body: JSON.stringify({ query, variables }),
        signal: signal === undefined ? bound : AbortSignal.any([signal, bound]),
      }); // prettier-ignore
      return readAnswer(response.status, await response.text(), performance.now() - begun);
    } catch {
      return { status: null, data: null, codes: ['HUNG_UP'], extensions: {}, tookMs: performance.now() - begun };
    }
  }

  public async get(path: string): Promise<{ readonly status: number; readonly text: string; readonly tookMs: number }> {
    const begun = performance.now();
    const response = await fetch(`${this.url}${path}`, { signal: AbortSignal.timeout(60_000) });
    return { status: response.status, text: await response.text(), tookMs: performance.now() - begun };
  }

  /** One gauge of `/metrics`, by its name and labels as they are printed. */
  public async gauge(series: string): Promise<number> {
    const { text } = await this.get('/metrics');
    const line = text.split('\n').find((each) => each.startsWith(`${series} `));
    return Number(line?.slice(series.length + 1));
  }
}

interface GraphqlError {
  readonly extensions?: { readonly code?: string; readonly reason?: string } & Readonly<Record<string, unknown>>;
}

function readAnswer(status: number, text: string, tookMs: number): Answer {
  const body = JSON.parse(text) as { data?: Readonly<Record<string, unknown>> | null; errors?: readonly GraphqlError[]; error?: string };
  const errors = body.errors ?? [];
  const codes = errors.map(({ extensions: { code = 'NO_CODE', reason } = {} }) => (reason === undefined ? code : `${code} ${reason}`));
  if (body.error !== undefined) codes.push(body.error);
  return { status, data: body.data ?? null, codes, extensions: errors[0]?.extensions ?? {}, tookMs };
}

/** Waits until the condition holds, and no longer than that. */
export async function until(
  withinMs: number,
  holds: () => boolean | Promise<boolean>,
  describe: () => string | Promise<string> = () => '',
): Promise<number> {
  const begun = performance.now();
  while (!(await holds())) {
    if (performance.now() - begun > withinMs) throw new Error(`not within ${withinMs} ms: ${holds.toString()} ${await describe()}`);
    await sleep(25);
  }
  return performance.now() - begun;
}

/** Sends SIGKILL; what has gone already is left alone. */
export function kill(pid: number | undefined): void {
  if (pid === undefined || pid <= 1) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has gone.
  }
}

/**
 * A port, and those after it, on which nobody listens. Below those that the system gives to connections, so that none of
 * them takes it while a server that was killed is not back yet.
 */
export async function findFreePort(count = 1): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const first = 20_000 + ((process.pid * 37 + Math.floor(performance.now() * 7) + attempt * 211) % 12_000);
    const free = await Promise.all(Array.from({ length: count }, (_, place) => isFreePort(first + place)));
    if (free.every(Boolean)) return first;
  }
  throw new Error('no free port');
}

function isFreePort(port: number): Promise<boolean> {
  return new Promise((found) => {
    const probe = createServer();
    probe.once('error', () => found(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => found(true)));
  });
}

export function isAlive(pid: number): boolean {
  return stateOf(pid) !== undefined;
}

/** Living processes; a zombie is dead, and waits only to be reaped. */
function processes(): number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter(isAlive); // prettier-ignore
}

function stateOf(pid: number): string | undefined {
  const state = /^State:\s+(\S)/m.exec(readProc(pid, 'status'))?.[1];
  return state === 'Z' || state === 'X' ? undefined : state;
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s+(\d+)/m.exec(readProc(pid, 'status'))?.[1] ?? 0);
}

export function commandOf(pid: number): string {
  return readProc(pid, 'cmdline').replaceAll('\0', ' ');
}

function environmentOf(pid: number): string[] {
  return readProc(pid, 'environ').split('\0');
}

function workingDirectory(pid: number): string {
  try {
    return readProc(pid, 'comm').startsWith('postgres') ? readlinkSync(`/proc/${pid}/cwd`) : '';
  } catch {
    return '';
  }
}

function readProc(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
