import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pino, { type Logger } from 'pino';
import { loggableError } from '../access/http/loggable-error';
import { loadConfiguration } from '../config/load-configuration';
import type { Configuration } from '../config/parameters';
import { CoreDatabase } from '../data/connection/core-database';
import { defaultDataDirectory, findRunningPair, startEmbeddedPair, type EmbeddedPair } from '../data/connection/embedded-postgres';
import { invariant } from '../kernel/failure';

const EMBEDDED_DATABASE = 'sanhu';

export const ENGINE_CLIENT_POOL_SIZE = 2;

/** The project's folder: this file is `dist/src/wiring/settings.js` in it. */
export const PROJECT = resolve(__dirname, '..', '..', '..');

/** What a role in a process of its own runs. */
export const PROGRAM = resolve(__dirname, '..', 'main.js');

/** What a role is started with: every address and secret is known. */
export interface Settings {
  readonly configuration: Configuration;
  readonly databaseUrl: string;
  readonly reportingUrls: readonly string[];
  readonly signingKey: string;
  /** Where files lie that were sent for import: core takes them in, a worker reads them. */
  readonly uploadDirectory: string;
  readonly log: Logger;
}

/** The configuration, and the log that it asks for. */
export function startProgram(): { configuration: Configuration; log: Logger } {
  const configuration = loadConfiguration(process.env);
  // To standard error: standard output is for what a person asked for.
  const output = pino.destination({ fd: 2, sync: false, minLength: 16_000 });
  // Whoever read them may have gone, as with a terminal that was closed: no reason to fall dead in the middle of the stop.
  output.on('error', () => undefined);
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  const log = pino({ level: configuration.logLevel, base: null, serializers: { err: loggableError } }, output);
  setInterval(() => log.flush(), 1_000).unref();
  return { configuration, log };
}

/** The servers given, or an embedded pair: for a command, the one that a running program has, where there is one. */
export async function openSettings(
  configuration: Configuration,
  log: Logger,
  { besideProgram }: { readonly besideProgram: boolean },
): Promise<{ settings: Settings; pair: EmbeddedPair | undefined }> {
  const { databaseUrl, reportingDatabaseUrls: reportingUrls, signingKey } = configuration;
  const directory = configuration.dataDirectory ?? defaultDataDirectory(PROJECT);
  const uploadDirectory = configuration.uploadDirectory ?? join(directory, 'uploads');
  if (databaseUrl !== undefined && signingKey !== undefined) {
    return { settings: { configuration, databaseUrl, reportingUrls, signingKey, uploadDirectory, log }, pair: undefined };
  }
  const running = besideProgram ? findRunningPair(directory, EMBEDDED_DATABASE) : undefined;
  const pair = running === undefined ? await startPair(configuration, directory, log) : undefined;
  const servers = running ?? pair;
  invariant(servers !== undefined, 'a pair runs, or was started');
  const { primaryUrl, standbyUrl } = servers;
  const settings = {
    configuration,
    databaseUrl: primaryUrl,
    reportingUrls: standbyUrl === undefined ? [] : [standbyUrl],
    signingKey: signingKey ?? keptSigningKey(directory),
    uploadDirectory,
    log,
  };
  return { settings, pair };
}

async function startPair(configuration: Configuration, directory: string, log: Logger): Promise<EmbeddedPair> {
  const pair = await startEmbeddedPair({
    directory,
    standby: true,
    ports: { primary: configuration.embeddedPort, standby: configuration.embeddedPort + 1 },
    durable: true,
    databaseName: EMBEDDED_DATABASE,
    maxConnections: 200,
    keepRunning: true,
    onProgress: (message) => log.info(message),
    onTrouble: (message) => log.error(message),
  });
  if (pair.standbyProblem !== undefined) log.warn({ problem: pair.standbyProblem }, 'reporting has no replica');
  return pair;
}

/** The signing key of an installation on the embedded pair: made once, readable by its owner only. */
function keptSigningKey(directory: string): string {
  const file = join(directory, 'signing-key');
  mkdirSync(directory, { recursive: true });
  try {
    writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8').trim();
}

export function openCore(
  { configuration, databaseUrl, log }: Settings,
  poolSize = configuration.corePoolSize,
  statementTimeoutMs = configuration.coreStatementTimeoutMs,
): Promise<CoreDatabase> {
  const limits = {
    poolSize,
    poolWaitMs: configuration.corePoolWaitMs,
    statementTimeoutMs,
    lockTimeoutMs: configuration.lockTimeoutMs,
  };
  return CoreDatabase.open(databaseUrl, limits, (error) => log.warn({ err: error }, 'a core connection was lost'));
}
