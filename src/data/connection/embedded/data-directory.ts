import { createHash, randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import { appendFile, chown, mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { copyTree } from './copy-tree';
import type { PostgresBinaries } from './postgres-binaries';
import { serverProcessesOf, signalProcess } from './process-identity';
import { runAsServer, type ServerAccount } from './server-account';

/*
 * The files of an embedded pair: `primary/`, `standby/`, their logs, and the claims of the programs that use them. A data
 * directory is built under `building-<random>/` and renamed last, so that one that exists is whole, whenever the program
 * was killed.
 */

export const SUPERUSER = 'sanhu';
const PASSWORD_FILE = 'sanhu.password';
/** Rewritten at every start, and read last by postgresql.conf. */
export const SETTINGS_FILE = 'sanhu.conf';
const BUILDING_PREFIX = 'building-';
const INITDB_WITHIN_MS = 180_000;
const SYNC_WITHIN_MS = 600_000;

/** What the building of data directories needs to know. */
export interface ClusterFiles {
  readonly directory: string;
  readonly primary: string;
  readonly standby: string;
  readonly account: ServerAccount | undefined;
  readonly binaries: PostgresBinaries;
  readonly durable: boolean;
  readonly maxConnections: number;
}

/**
 * Where the data of a project live: `.sanhu` in it; for root `/var/lib/sanhu/<hash of the project's path>`, since the
 * server then runs as another account, which often cannot enter root's own directories.
 */
export function defaultDataDirectory(projectDirectory: string): string {
  if (process.getuid?.() !== 0) return join(projectDirectory, '.sanhu');
  const hash = createHash('sha256').update(realpathSync(projectDirectory)).digest('hex').slice(0, 12);
  return join('/var/lib/sanhu', hash);
}

/**
 * Makes the directory with its parents. Root's are opened for passing through, whatever the umask, because the server runs
 * as another account; the data directories inside are PostgreSQL's own and closed.
 *
 * @throws Error when it cannot be made or written
 */
export function prepareDirectory(directory: string): void {
  const isRoot = process.getuid?.() === 0;
  const missing: string[] = [];
  for (let path = directory; !existsSync(path); path = dirname(path)) missing.unshift(path);
  try {
    for (const path of missing) {
      mkdirSync(path, { recursive: true });
      if (isRoot) chmodSync(path, 0o755);
    }
    if (isRoot && statSync(directory).uid === 0) chmodSync(directory, 0o755);
    else if (missing.length > 0) chmodSync(directory, 0o700);
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Error(
      `The embedded PostgreSQL cannot keep its data in ${directory}: ${(error as Error).message}. ` +
        'Make it writable, or set DATABASE_URL to use another server.',
      { cause: error },
    );
  }
}

/** @throws Error when the account cannot pass through the directories above the data. */
export async function assertReachable(directory: string, account: ServerAccount | undefined): Promise<void> {
  if (account === undefined) return;
  const { status, output } = await runAsServer(account, '/bin/sh', ['-c', 'test -x "$0"', directory], 10_000);
  if (status === 0) return;
  throw new Error(
    `PostgreSQL runs as ${account.name} when the program is root, and ${account.name} cannot enter ${directory}` +
      `${output === '' ? '' : ` (${output})`}: a directory above it is closed to other users. Keep the data elsewhere, ` +
      'or set DATABASE_URL to use another server.',
  );
}

/** Removes what a killed program left half built, and whatever still works on it. Leftovers that resist cost only space. */
export async function clearLeftovers(directory: string): Promise<void> {
  for (const name of readdirSync(directory).filter((entry) => entry.startsWith(BUILDING_PREFIX))) {
    const leftover = join(directory, name);
    for (const pid of serverProcessesOf(join(leftover, 'data'))) signalProcess(pid, 'SIGKILL');
    await rm(leftover, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}

/**
 * Creates the primary's data directory, with a random password for the one superuser.
 *
 * @throws Error with what initdb said
 */
export async function createPrimary(files: ClusterFiles): Promise<void> {
  await buildInPlace(files, files.primary, async (building, data) => {
    const password = join(building, 'password');
    await writeOwned(files.account, password, randomBytes(24).toString('hex'));
    const args = [
      `--pgdata=${data}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${password}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8', // under LANG=C it would be SQL_ASCII
      '--locale-provider=builtin',
      // The collation is PostgreSQL's own C.UTF-8 on every system; --locale also names the C library's, which macOS may lack.
      ...(process.platform === 'linux' ? ['--locale=C.UTF-8'] : ['--locale=C', '--builtin-locale=C.UTF-8']),
      // It goes into the control file, and a standby copied from here refuses to run with fewer.
      `--set=max_connections=${files.maxConnections}`,
      '--no-instructions',
      ...(files.durable ? [] : ['--no-sync']),
    ];
    const { status, output } = await runAsServer(files.account, files.binaries.initdb, args, INITDB_WITHIN_MS);
    if (status !== 0) throw new Error(`initdb could not create the database: ${output || `status ${status}`}`);
    await appendFile(join(data, 'postgresql.conf'), `\ninclude_if_exists = '${SETTINGS_FILE}'\n`);
    await rename(password, join(data, PASSWORD_FILE));
  });
}

/**
 * Replaces the standby by a copy of the primary, which must have been shut down cleanly: only then do its files alone hold
 * everything. (The binaries come without pg_basebackup.)
 */
export async function copyPrimaryToStandby(files: ClusterFiles): Promise<void> {
  if (!wasShutDownCleanly(files.primary)) throw new Error(`The primary in ${files.primary} must be stopped before it is copied.`);
  await buildInPlace(files, files.standby, async (building, data) => {
    // First out of the way in one step, then deleted, before the copy needs the space: half a standby must not look like one.
    const replaced = join(building, 'replaced');
    if (existsSync(files.standby)) await rename(files.standby, replaced);
    await rm(replaced, { recursive: true, force: true });
    await copyTree(files.primary, data, { leaves: belongsToPrimaryOnly(files.primary), owner: files.account });
    await writeOwned(files.account, join(data, 'standby.signal'), '');
    if (!files.durable) return;
    const args = ['--sync-only', `--pgdata=${data}`];
    const { status, output } = await runAsServer(files.account, files.binaries.initdb, args, SYNC_WITHIN_MS);
    if (status !== 0) throw new Error(`the copy could not be written to disk: ${output || `status ${status}`}`);
  });
}

/** The same as pg_basebackup leaves out: slots, locks and caches of the running server. */
function belongsToPrimaryOnly(primary: string): (path: string) => boolean {
  const emptied = ['pg_dynshmem', 'pg_notify', 'pg_replslot', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp', 'pg_subtrans'];
  const parents = new Set(emptied.map((name) => join(primary, name)));
  const files = new Set(['postmaster.pid', 'postmaster.opts'].map((name) => join(primary, name)));
  return (path) => parents.has(dirname(path)) || files.has(path);
}

/** Runs `build(building, data)`, which makes `data`, and then renames that to `place`; removes all of it on failure. */
async function buildInPlace(files: ClusterFiles, place: string, build: (building: string, data: string) => Promise<void>): Promise<void> {
  const building = join(files.directory, `${BUILDING_PREFIX}${randomBytes(6).toString('hex')}`);
  const data = join(building, 'data');
  try {
    await mkdir(building, { mode: 0o700 });
    if (files.account !== undefined) await chown(building, files.account.uid, files.account.gid);
    await build(building, data);
    await rename(data, place);
    if (files.durable) await syncDirectory(files.directory);
  } catch (error) {
    throw new Error(`${place} could not be made: ${(error as Error).message}`, { cause: error });
  } finally {
    await rm(building, { recursive: true, force: true }).catch(() => undefined); // else at the next start
  }
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Writes a file that only the server's account may read. */
export async function writeOwned(account: ServerAccount | undefined, path: string, content: string): Promise<void> {
  await writeFile(path, content, { mode: 0o600 });
  if (account !== undefined) await chown(path, account.uid, account.gid);
}

/** @throws Error when the password file was lost; the data are intact then, but nobody can log in to them. */
export function readPassword(primary: string): string {
  const path = join(primary, PASSWORD_FILE);
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new Error(`The embedded PostgreSQL's password cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** The major version that made a data directory, or `undefined` where there is none. */
export function dataVersion(dataDirectory: string): string | undefined {
  const path = join(dataDirectory, 'PG_VERSION');
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
}

// In the first bytes of global/pg_control: the cluster's identity (64 bits), two versions, then its state, of which 1 is DB_SHUTDOWNED.
const CLEANLY_SHUT_DOWN = 1;

function readControl(dataDirectory: string): { readonly identity: string; readonly state: number } {
  const control = readFileSync(join(dataDirectory, 'global', 'pg_control'));
  return { identity: control.subarray(0, 8).toString('hex'), state: control.readUInt32LE(16) };
}

export function wasShutDownCleanly(dataDirectory: string): boolean {
  return readControl(dataDirectory).state === CLEANLY_SHUT_DOWN && !existsSync(join(dataDirectory, 'postmaster.pid'));
}

/** Why the standby's files cannot be a copy of this primary's; `undefined` when they can. */
export function whyNotACopy(files: ClusterFiles): string | undefined {
  if (!existsSync(files.standby)) return 'there is none yet';
  try {
    if (dataVersion(files.standby) !== dataVersion(files.primary)) return 'it was made by another version of PostgreSQL';
    if (readControl(files.standby).identity !== readControl(files.primary).identity) return 'it is a copy of another database';
    return undefined;
  } catch (error) {
    return `its files are damaged (${(error as Error).message})`;
  }
}

/** Removes a log that has grown past 8 MB; called only before a server starts to write to it. */
export function boundLog(logFile: string): void {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > 8 * 1024 * 1024) rmSync(logFile, { force: true });
}
