import { spawn } from 'node:child_process';
import { closeSync, fchmodSync, openSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { boundLog, SETTINGS_FILE, SUPERUSER, writeOwned } from './data-directory';
import { findProcess, isServerProcessOf, serverProcessesOf, signalProcess, waitUntil } from './process-identity';
import { accountIds, serverEnvironment, type ServerAccount } from './server-account';

/** One server of the pair, running or not. */
export interface ServerDescription {
  readonly role: 'primary' | 'standby';
  readonly dataDirectory: string;
  readonly logFile: string;
  readonly postgres: string;
  readonly account: ServerAccount | undefined;
  readonly password: string;
  readonly preferredPort: number;
  /** How much it steps back for others: 0 not at all, 10 for the standby. */
  readonly niceness: number;
  /** How long it may recover before it accepts connections. */
  readonly readyWithinMs: number;
  /** The whole of its sanhu.conf on that port. */
  readonly settings: (port: number) => string;
}

export interface RunningServer {
  readonly pid: number;
  readonly port: number;
  /** Whether it was found running, left by a program that was killed. */
  readonly adopted: boolean;
}

const START_ATTEMPTS = 5;
const FAST_STOP_WITHIN_MS = 60_000;
const IMMEDIATE_STOP_WITHIN_MS = 10_000;
const ORPHANS_WITHIN_MS = 3_000;
const CONNECT_WITHIN_MS = 5_000;

/**
 * Makes the server run and accept connections: adopts the one that a killed program left running, else starts it, on the
 * preferred port or on a free one.
 *
 * @throws Error with the end of the server's log
 */
export async function openServer(server: ServerDescription): Promise<RunningServer> {
  let port = server.preferredPort;
  for (let attempt = 1; ; attempt += 1) {
    const adopted = await adoptServer(server);
    if (adopted !== undefined) return adopted;
    if (port === 0 || !(await isFreePort(port))) port = await findFreePort();
    const started = await startServer(server, port);
    if (typeof started !== 'string') return started;
    // Taken by another program between the look and the start, or a server of the dead program woke up late: look again.
    const maySucceed = /Address already in use|lock file "postmaster.pid" already exists/.test(started);
    if (!maySucceed || attempt === START_ATTEMPTS) throw new Error(started);
  }
}

/**
 * Starts a server that has died again, on that port and on no other: its callers know it by that. One that somebody has
 * started there meanwhile is adopted.
 *
 * @throws Error with the end of the server's log
 */
export async function restartServer(server: ServerDescription, port: number): Promise<RunningServer> {
  const adopted = await adoptServer(server);
  if (adopted?.port === port) return adopted;
  if (adopted !== undefined) await stopServer(server.dataDirectory);
  const started = await startServer(server, port);
  if (typeof started === 'string') throw new Error(started);
  return started;
}

/** The server that already runs on the data, once it is ready; `undefined` when there is none to keep, and none runs then. */
async function adoptServer(server: ServerDescription): Promise<RunningServer | undefined> {
  await clearDeadServer(server.dataDirectory);
  const found = findPostmaster(server.dataDirectory);
  if (found === undefined) return undefined;
  const { pid, port } = found;
  // It may run with other settings: another version of the program, another size, a test's without fsync.
  const sameSettings = readIfPresent(join(server.dataDirectory, SETTINGS_FILE)) === server.settings(port);
  if (sameSettings && (await waitForServer(server, found)) === 'ready') return { pid, port, adopted: true };
  await stopServer(server.dataDirectory);
  return undefined;
}

/** Starts it on that port; on failure returns what happened, with the end of its log, and leaves nothing running. */
async function startServer(server: ServerDescription, port: number): Promise<RunningServer | string> {
  await writeOwned(server.account, join(server.dataDirectory, SETTINGS_FILE), server.settings(port));
  boundLog(server.logFile);
  const log = openSync(server.logFile, 'a', 0o600);
  fchmodSync(log, 0o600);
  const logStart = statSync(server.logFile).size;
  // Not by pg_ctl, which passes paths through a shell. Detached: in a session of its own, so that neither Ctrl-C at the
  // terminal nor kill -9 of the program reaches it; the next start adopts it.
  const child = spawn(server.postgres, ['-D', server.dataDirectory], {
    ...accountIds(server.account),
    cwd: '/',
    env: serverEnvironment(),
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let ended: string | undefined;
  child.once('error', (error) => (ended = error.message));
  child.once('exit', (status, signal) => (ended ??= signal === null ? `ended with status ${status}` : `killed by ${signal}`));
  child.unref();
  const pid = child.pid;
  if (pid === undefined) {
    await sleep(0); // the error event comes next
    return `The embedded PostgreSQL ${server.role} could not be started as ${server.postgres}: ${ended ?? 'unknown error'}`;
  }
  // Before it starts any process of its own, which inherits this.
  if (server.niceness !== 0) lowerPriority(pid, server.niceness);
  const outcome = await waitForServer(server, { pid, port });
  if (outcome === 'ready') return { pid, port, adopted: false };
  await waitUntil(100, () => ended !== undefined);
  const what = outcome === 'gone' ? (ended ?? 'ended') : outcome === 'not ready' ? `not ready after ${server.readyWithinMs} ms` : outcome;
  if (outcome !== 'gone') await stopServer(server.dataDirectory, 'immediate');
  return `The embedded PostgreSQL ${server.role} in ${server.dataDirectory} did not start: ${what}\n${readTail(server.logFile, logStart)}`;
}

function lowerPriority(pid: number, niceness: number): void {
  try {
    setPriority(pid, niceness);
  } catch {
    // It has ended already, which is told below.
  }
}

/** Waits until the server accepts a connection with our password and says that these are its data. */
async function waitForServer(
  server: ServerDescription,
  { pid, port }: { readonly pid: number; readonly port: number },
): Promise<'ready' | 'gone' | 'not ready' | 'refused our password'> {
  const deadline = performance.now() + server.readyWithinMs;
  const started = findProcess(pid)?.startMark;
  while (performance.now() < deadline) {
    if (started === undefined || findProcess(pid)?.startMark !== started) return 'gone';
    try {
      const [row] = await queryServer<{ directory: string }>(
        connectionUrl(port, server.password, 'postgres'),
        "select current_setting('data_directory') as directory",
      );
      // Another server may listen on that port while ours is still on its way down, or failed to take the port.
      if (row !== undefined && realpathSync(row.directory) === realpathSync(server.dataDirectory)) return 'ready';
    } catch (error) {
      if ((error as { code?: string }).code === '28P01') return 'refused our password';
      // Not listening yet, or recovering: it says so in its log if this goes on.
    }
    await sleep(20);
  }
  return 'not ready';
}

/**
 * Stops the server on these data if one runs: fast, which waits for no client; then immediate, which leaves recovery to the
 * next start; then by force. Bounded, and safe to call when nothing runs or only parts of it are left.
 *
 * The signals are sent here and not by `pg_ctl stop`, which signals whatever process has the number in postmaster.pid.
 */
export async function stopServer(dataDirectory: string, mode: 'fast' | 'immediate' = 'fast'): Promise<void> {
  const found = findPostmaster(dataDirectory);
  if (found !== undefined) {
    const gone = (): boolean => !isServerProcessOf(found.pid, dataDirectory);
    const steps = [
      ['SIGINT', FAST_STOP_WITHIN_MS],
      ['SIGQUIT', IMMEDIATE_STOP_WITHIN_MS],
      ['SIGKILL', IMMEDIATE_STOP_WITHIN_MS],
    ] as const;
    for (const [signal, withinMs] of mode === 'fast' ? steps : steps.slice(1)) {
      signalProcess(found.pid, signal);
      if (await waitUntil(withinMs, gone)) break;
    }
  }
  await clearDeadServer(dataDirectory);
}

/** The living postmaster of these data, by its postmaster.pid; `undefined` when that names a dead or a strange process. */
export function findPostmaster(dataDirectory: string): { readonly pid: number; readonly port: number } | undefined {
  const [pid, , , port] = (readIfPresent(join(dataDirectory, 'postmaster.pid')) ?? '').split('\n').map(Number);
  if (pid === undefined || port === undefined || !(pid > 1) || !(port > 0)) return undefined;
  return isServerProcessOf(pid, dataDirectory) ? { pid, port } : undefined;
}

/**
 * When no postmaster runs on the data: ends the processes that a killed one left (a busy backend does not notice, and keeps
 * the shared memory from being reused), and removes its postmaster.pid, whose number may be a stranger's by now, for which
 * PostgreSQL would refuse to start.
 *
 * @throws Error when a process survives SIGKILL (it hangs in the kernel)
 */
async function clearDeadServer(dataDirectory: string): Promise<void> {
  const settled = (): boolean => findPostmaster(dataDirectory) !== undefined || serverProcessesOf(dataDirectory).length === 0;
  // At first without a signal: idle ones end by themselves, and a postmaster just started has not written its file yet.
  for (const signal of [undefined, 'SIGQUIT', 'SIGKILL'] as const) {
    if (settled()) break;
    if (signal !== undefined) for (const pid of serverProcessesOf(dataDirectory)) signalProcess(pid, signal);
    await waitUntil(ORPHANS_WITHIN_MS, settled);
  }
  if (findPostmaster(dataDirectory) !== undefined) return;
  const left = serverProcessesOf(dataDirectory);
  if (left.length > 0) throw new Error(`PostgreSQL processes of ${dataDirectory} cannot be ended: ${left.join(', ')}`);
  rmSync(join(dataDirectory, 'postmaster.pid'), { force: true });
}

/** One statement over a connection of its own, bounded in time. */
export async function queryServer<Row extends object>(url: string, sql: string, values: unknown[] = []): Promise<Row[]> {
  // Each option stated, so that PGSSLMODE and the like in the caller's environment do not apply.
  const client = new Client({
    connectionString: url,
    ssl: false,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    query_timeout: 30_000,
    application_name: 'sanhu embedded',
  });
  client.on('error', () => undefined); // the server going away between connecting and closing is not news here
  try {
    await client.connect();
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

export function connectionUrl(port: number, password: string, database: string): string {
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}

function isFreePort(port: number): Promise<boolean> {
  return listenBriefly(port).then(
    () => true,
    () => false,
  );
}

function findFreePort(): Promise<number> {
  return listenBriefly(0);
}

function listenBriefly(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}

function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** The last lines of a log, of this start only. */
export function readTail(logFile: string, from = 0): string {
  const log = readIfPresent(logFile) ?? '';
  const tail = Buffer.from(log).subarray(from).toString('utf8').trim().split('\n').slice(-15).join('\n');
  return `Its log (${logFile}) ends:\n${tail}`;
}
