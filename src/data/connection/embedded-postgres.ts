import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { escapeIdentifier } from 'pg';
import {
  assertReachable,
  clearLeftovers,
  type ClusterFiles,
  copyPrimaryToStandby,
  createPrimary,
  dataVersion,
  prepareDirectory,
  readPassword,
  SETTINGS_FILE,
  SUPERUSER,
  wasShutDownCleanly,
  whyNotACopy,
  writeOwned,
} from './embedded/data-directory';
import { claimDirectory, findOtherHolder } from './embedded/directory-claim';
import { keepRunning } from './embedded/keep-running';
import { keepLowPriority } from './embedded/low-priority';
import { assertSupportedPlatform, providePostgresBinaries } from './embedded/postgres-binaries';
import { chooseServerAccount } from './embedded/server-account';
import {
  connectionUrl,
  findPostmaster,
  openServer,
  queryServer,
  readTail,
  type RunningServer,
  type ServerDescription,
  stopServer,
} from './embedded/server-process';
import { composeSettings, maxConnectionsIn, REPLICATION_SLOT } from './embedded/server-settings';

export { defaultDataDirectory } from './embedded/data-directory';

/** PostgreSQL for a program that was given no DATABASE_URL: a primary and, if wanted, a streaming standby. */
export interface EmbeddedPair {
  readonly primaryUrl: string;
  /** `undefined` when none was wanted, or when it could not be made: see `standbyProblem`. */
  readonly standbyUrl: string | undefined;
  /** Why there is no standby although one was wanted. Core work does not depend on it, so the primary runs all the same. */
  readonly standbyProblem: string | undefined;
  /** The postmasters that run now, for tests that kill them and for what the program prints. */
  processIds(): { readonly primary: number | undefined; readonly standby: number | undefined };
  /** Stops the standby, then the primary, and gives the directory up. May be called again, and with the servers dead. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Where the data live; {@link defaultDataDirectory} chooses one. */
  readonly directory: string;
  readonly standby: boolean;
  /** Preferred; where one is taken, or 0, a free one is used. */
  readonly ports: { readonly primary: number; readonly standby: number };
  /** `false` is for tests: a machine that crashes may lose everything. */
  readonly durable: boolean;
  /** Created if absent. */
  readonly databaseName: string;
  readonly maxConnections: number;
  /** Starts a server that dies again, on its port, until the stop. Not unless it is said. */
  readonly keepRunning?: boolean;
  readonly onProgress?: (message: string) => void;
  /** Told when a server has died, and when it could not be started again. */
  readonly onTrouble?: (message: string) => void;
}

const STANDBY_NICENESS = 10;
const PRIMARY_READY_WITHIN_MS = 300_000; // recovery of up to max_wal_size after a crash, on a slow disk
const STANDBY_READY_WITHIN_MS = 60_000;
const STANDBY_STALLED_AFTER_MS = 10_000;
const STANDBY_CATCHES_UP_WITHIN_MS = 600_000;

/**
 * Starts the pair on the directory's data, or adopts the servers that a killed program left running on them. Whatever a
 * crash left (stale locks, half-built directories, a standby that cannot follow) is put right on the way.
 *
 * @throws Error when another living program uses the directory, or when the primary cannot be made to run; nothing is left
 * running then. A standby that cannot be made to run is only reported, in `standbyProblem`.
 */
export async function startEmbeddedPair(options: EmbeddedOptions): Promise<EmbeddedPair> {
  assertSupportedPlatform();
  const directory = resolve(options.directory);
  prepareDirectory(directory);
  const release = await claimDirectory(directory);
  const data = { primary: join(directory, 'primary'), standby: join(directory, 'standby') };
  // Without the one there is no sense in keeping the other, even if its stop fails.
  const stopBoth = (): Promise<void> => stopServer(data.standby).finally(() => stopServer(data.primary));
  try {
    const pair = await openPair(directory, data, options);
    const endKeeping = keepBoth(pair, options);
    let stopped: Promise<void> | undefined;
    const url = (port: number): string => connectionUrl(port, pair.password, options.databaseName);
    return {
      primaryUrl: url(pair.primary.running.port),
      standbyUrl: pair.standby === undefined ? undefined : url(pair.standby.running.port),
      standbyProblem: pair.standbyProblem,
      processIds: () => ({ primary: findPostmaster(data.primary)?.pid, standby: findPostmaster(data.standby)?.pid }),
      stop: () => (stopped ??= stopKept(endKeeping(), stopBoth).finally(release)),
    };
  } catch (error) {
    await stopBoth()
      .catch(() => undefined) // the first failure is the one to tell
      .finally(release);
    throw error;
  }
}

/**
 * The addresses of the pair that another living program runs on the directory, for a command beside it; `undefined` when
 * there is none. The pair stays that program's: it ends with it.
 */
export function findRunningPair(
  directory: string,
  databaseName: string,
): { readonly primaryUrl: string; readonly standbyUrl: string | undefined } | undefined {
  const root = resolve(directory);
  if (!existsSync(root) || findOtherHolder(root) === undefined) return undefined;
  const primary = findPostmaster(join(root, 'primary'));
  if (primary === undefined) return undefined;
  const standby = findPostmaster(join(root, 'standby'));
  const password = readPassword(join(root, 'primary'));
  return {
    primaryUrl: connectionUrl(primary.port, password, databaseName),
    standbyUrl: standby === undefined ? undefined : connectionUrl(standby.port, password, databaseName),
  };
}

/** A server as it runs, and what to start it again from. */
interface OpenServer {
  readonly description: ServerDescription;
  readonly running: RunningServer;
}

/**
 * Keeps the standby's priority low and, if wanted, both servers running. Returns the function that ends this; what that
 * returns resolves when no server will be started any more.
 */
function keepBoth({ primary, standby }: OpenPair, options: EmbeddedOptions): () => Promise<unknown> {
  const { onProgress = () => undefined, onTrouble = onProgress } = options;
  let endLowPriority = (): void => undefined;
  const keepLow = ({ pid }: RunningServer): void => {
    endLowPriority();
    endLowPriority = keepLowPriority(pid, STANDBY_NICENESS);
  };
  if (standby !== undefined) keepLow(standby.running);
  const keep = ({ description, running: { port } }: OpenServer): (() => Promise<void>) => {
    const { role } = description;
    return keepRunning(description, port, {
      onDied: () => onTrouble(`the ${role} has died; starting it again on port ${port}`),
      onRestarted: (running) => {
        if (role === 'standby') keepLow(running);
        onProgress(`the ${role} runs again on port ${port}`);
      },
      onFailed: (error) => onTrouble(`the ${role} could not be started again: ${error.message}`),
    });
  };
  const kept = options.keepRunning === true ? [primary, ...(standby === undefined ? [] : [standby])] : [];
  const ends = kept.map(keep);
  return () => {
    endLowPriority();
    return Promise.all(ends.map((end) => end()));
  };
}

/** Stops the servers, again and again while one may still be started, which nobody waits for. */
async function stopKept(ended: Promise<unknown>, stopBoth: () => Promise<void>): Promise<void> {
  let noneStarts = false;
  const noted = ended.then(() => {
    noneStarts = true;
  });
  for (let last = false; !last;) {
    await Promise.race([noted, sleep(100)]);
    last = noneStarts;
    await stopBoth();
  }
}

interface OpenPair {
  readonly primary: OpenServer;
  readonly standby: OpenServer | undefined;
  readonly standbyProblem: string | undefined;
  readonly password: string;
}

async function openPair(
  directory: string,
  data: { readonly primary: string; readonly standby: string },
  options: EmbeddedOptions,
): Promise<OpenPair> {
  const onProgress = options.onProgress ?? (() => undefined);
  const account = chooseServerAccount(data.primary);
  await assertReachable(directory, account);
  await clearLeftovers(directory);
  const binaries = await providePostgresBinaries(directory, account, onProgress);
  const { durable, maxConnections } = options;
  const files: ClusterFiles = { directory, ...data, account, binaries, durable, maxConnections };
  if (!existsSync(data.primary)) {
    onProgress(`creating the database in ${data.primary}`);
    await createPrimary(files);
  }
  assertSameVersion(files);
  const password = readPassword(data.primary);
  const describe = (
    role: 'primary' | 'standby',
    overrides: Pick<ServerDescription, 'niceness' | 'readyWithinMs' | 'settings'>,
  ): ServerDescription => ({
    role,
    dataDirectory: data[role],
    logFile: join(directory, `${role}.log`),
    postgres: binaries.postgres,
    account,
    password,
    preferredPort: options.ports[role],
    ...overrides,
  });
  const primary = describe('primary', {
    niceness: 0,
    readyWithinMs: PRIMARY_READY_WITHIN_MS,
    settings: (port) => composeSettings({ port, durable, maxConnections }),
  });
  const standbyOf = (primaryPort: number): ServerDescription => {
    // A standby refuses to run with fewer connections than its primary had at the place in the WAL that it has reached.
    const connections = Math.max(maxConnections, maxConnectionsIn(join(data.standby, SETTINGS_FILE)) ?? 0);
    const follows = { port: primaryPort, user: SUPERUSER, password };
    return describe('standby', {
      niceness: STANDBY_NICENESS,
      readyWithinMs: STANDBY_READY_WITHIN_MS,
      settings: (port) => composeSettings({ port, durable, maxConnections: connections, follows }),
    });
  };
  if (!options.standby) {
    await stopServer(data.standby);
    const opened = await openPrimary(primary, options, onProgress);
    await dropSlot(opened.running, password); // nobody would read what it keeps
    return { primary: opened, standby: undefined, standbyProblem: undefined, password };
  }
  return { ...(await openBoth({ files, primary, standbyOf, options, onProgress })), password };
}

interface BothServers {
  readonly files: ClusterFiles;
  readonly primary: ServerDescription;
  readonly standbyOf: (primaryPort: number) => ServerDescription;
  readonly options: EmbeddedOptions;
  readonly onProgress: (message: string) => void;
}

/** Opens both; a standby that cannot follow is made anew, once. */
async function openBoth(both: BothServers): Promise<Omit<OpenPair, 'password'>> {
  const { files, onProgress } = both;
  let problem = whyNotACopy(files);
  if (problem === undefined) {
    const primary = await openPrimary(both.primary, both.options, onProgress);
    try {
      return { primary, standby: await openStandby(both, primary), standbyProblem: undefined };
    } catch (error) {
      problem = (error as Error).message;
    }
  }
  if (existsSync(files.standby)) onProgress(`making the standby anew: ${problem}`);
  try {
    await remakeStandby(both);
  } catch (error) {
    problem = `The standby could not be copied: ${(error as Error).message}`;
  }
  const primary = await openPrimary(both.primary, both.options, onProgress);
  try {
    if (!existsSync(files.standby)) throw new Error(problem);
    return { primary, standby: await openStandby(both, primary), standbyProblem: undefined };
  } catch (error) {
    const standbyProblem = (error as Error).message;
    onProgress(`running without a standby: ${standbyProblem}`);
    await stopServer(files.standby);
    return { primary, standby: undefined, standbyProblem };
  }
}

/** Leaves the primary stopped. After a crash it is started first, to recover: only a clean shutdown leaves all in its files. */
async function remakeStandby({ files, primary, onProgress }: BothServers): Promise<void> {
  await stopServer(files.standby);
  await stopServer(files.primary);
  if (!wasShutDownCleanly(files.primary)) {
    await openServer(primary);
    await stopServer(files.primary);
  }
  onProgress(`copying the primary to ${files.standby}`);
  await copyPrimaryToStandby(files);
}

async function openPrimary(
  description: ServerDescription,
  { databaseName }: EmbeddedOptions,
  onProgress: (message: string) => void,
): Promise<OpenServer> {
  const running = await openServer(description);
  onProgress(`${running.adopted ? 'adopted the running' : 'started the'} primary on port ${running.port}`);
  const url = connectionUrl(running.port, description.password, 'postgres');
  await createDatabaseIfAbsent(url, databaseName);
  return { description, running };
}

async function createDatabaseIfAbsent(url: string, name: string): Promise<void> {
  const found = await queryServer(url, 'select from pg_database where datname = $1', [name]);
  if (found.length > 0) return;
  try {
    await queryServer(url, `create database ${escapeIdentifier(name)}`);
  } catch (error) {
    // The program that was killed had asked for it, and the server that we adopted has just finished.
    const DUPLICATE = ['42P04', '23505'];
    if (!DUPLICATE.includes((error as { code?: string }).code ?? '')) throw error;
  }
}

/** @throws Error when it does not start, or does not follow. */
async function openStandby(
  { files, standbyOf, options, onProgress }: BothServers,
  { running: { port: primaryPort } }: OpenServer,
): Promise<OpenServer> {
  const description = standbyOf(primaryPort);
  const primaryUrl = connectionUrl(primaryPort, description.password, 'postgres');
  await provideSlot(primaryUrl);
  // Always: without it, a standby that someone promoted would come up as a second primary.
  await writeOwned(files.account, join(files.standby, 'standby.signal'), '');
  const running = await openServer(description);
  await waitUntilFollowing(primaryUrl, connectionUrl(running.port, description.password, 'postgres'), description.logFile);
  onProgress(`${running.adopted ? 'adopted the running' : 'started the'} standby on port ${running.port}, for ${options.databaseName}`);
  return { description, running };
}

/**
 * Makes the slot that keeps WAL for the standby, from the last checkpoint on: where the copy was made. One that has lost its
 * WAL is replaced; whether the standby can still follow shows when it tries.
 */
async function provideSlot(primaryUrl: string): Promise<void> {
  await queryServer(
    primaryUrl,
    "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = $1 and wal_status = 'lost'",
    [REPLICATION_SLOT],
  );
  await queryServer(
    primaryUrl,
    `select pg_create_physical_replication_slot($1, true)
      where not exists (select from pg_replication_slots where slot_name = $1)`,
    [REPLICATION_SLOT],
  );
}

async function dropSlot(primary: RunningServer, password: string): Promise<void> {
  await queryServer(
    connectionUrl(primary.port, password, 'postgres'),
    'select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = $1 and not active',
    [REPLICATION_SLOT],
  );
}

/**
 * Waits until the standby has replayed all that the primary had written at the call and is receiving what comes next. The
 * primary is asked whether it streams: the standby's own pg_stat_wal_receiver says "streaming" before it has connected.
 *
 * @throws Error when it stands still meanwhile: its WAL is gone, its history is another, or it is no standby any more
 */
async function waitUntilFollowing(primaryUrl: string, standbyUrl: string, logFile: string): Promise<void> {
  const [written] = await queryServer<{ position: string }>(primaryUrl, 'select pg_current_wal_lsn() as position');
  const deadline = performance.now() + STANDBY_CATCHES_UP_WITHIN_MS;
  let lastMove = performance.now();
  let lastPosition: string | null | undefined;
  while (performance.now() < deadline && performance.now() - lastMove < STANDBY_STALLED_AFTER_MS) {
    const [standby] = await queryServer<{ recovering: boolean; position: string | null; replayed: boolean | null }>(
      standbyUrl,
      `select pg_is_in_recovery() as recovering, pg_last_wal_replay_lsn() as position,
              pg_last_wal_replay_lsn() >= $1::pg_lsn as replayed`,
      [written?.position],
    );
    if (standby?.recovering !== true) throw new Error('the standby is not in recovery');
    if (standby.replayed === true && (await isStreaming(primaryUrl))) return;
    if (standby.position !== lastPosition) lastMove = performance.now();
    lastPosition = standby.position;
    await sleep(25);
  }
  throw new Error(`the standby does not follow the primary. ${readTail(logFile)}`);
}

async function isStreaming(primaryUrl: string): Promise<boolean> {
  const rows = await queryServer(primaryUrl, "select from pg_stat_replication where application_name = $1 and state = 'streaming'", [
    REPLICATION_SLOT,
  ]);
  return rows.length > 0;
}

function assertSameVersion({ primary, binaries }: ClusterFiles): void {
  const made = dataVersion(primary);
  if (made === binaries.majorVersion) return;
  throw new Error(
    `The data in ${primary} were made by PostgreSQL ${made ?? '(unknown)'}, and this program brings ${binaries.majorVersion}. ` +
      'Export them with the earlier version of the program, or move the directory away to begin anew.',
  );
}
