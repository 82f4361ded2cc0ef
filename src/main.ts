#!/usr/bin/env node
import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pino, { type Logger } from 'pino';
import { makeCommandLine, type Role } from './access/cli/command-line';
import { RoleProcess, type RoleReady } from './access/cli/role-process';
import { untilStopped } from './access/cli/until-stopped';
import { welcomeText, type Demonstration } from './access/cli/welcome';
import { connectRedisBucket } from './access/graphql/server/guard/redis-token-bucket';
import { createInProcessBucket, type TokenBucket } from './access/graphql/server/guard/token-bucket';
import { makeCoreListener } from './access/http/core-listener';
import { Metrics } from './access/http/metrics';
import { Authentication } from './business/component/staff';
import { ConfigurationError, describeConfiguration, loadConfiguration } from './config/load-configuration';
import type { Configuration } from './config/parameters';
import { CoreDatabase } from './data/connection/core-database';
import { defaultDataDirectory, startEmbeddedPair, type EmbeddedPair } from './data/connection/embedded-postgres';
import { migrate } from './data/connection/migrate';
import { sql } from './data/connection/sql';
import { systemClock } from './kernel/clock';

/** The project's folder: this file is `dist/src/main.js` in it. */
const PROJECT = resolve(__dirname, '..', '..');

/** What a role is started with: every address and secret is known. */
interface Settings {
  readonly configuration: Configuration;
  readonly databaseUrl: string;
  readonly reportingUrls: readonly string[];
  readonly signingKey: string;
  readonly log: Logger;
}

/** A role that runs in this process. */
interface RunningRole {
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts PostgreSQL unless one is given, and brings its schema up to date. */
async function openSettings(configuration: Configuration, log: Logger): Promise<{ settings: Settings; pair: EmbeddedPair | undefined }> {
  const { databaseUrl, reportingDatabaseUrls: reportingUrls, signingKey } = configuration;
  if (databaseUrl !== undefined && signingKey !== undefined) {
    return { settings: { configuration, databaseUrl, reportingUrls, signingKey, log }, pair: undefined };
  }
  const directory = configuration.dataDirectory ?? defaultDataDirectory(PROJECT);
  const pair = await startEmbeddedPair({
    directory,
    standby: true,
    ports: { primary: configuration.embeddedPort, standby: configuration.embeddedPort + 1 },
    durable: true,
    databaseName: 'sanhu',
    maxConnections: 200,
    onProgress: (message) => log.info(message),
  });
  if (pair.standbyProblem !== undefined) log.warn({ problem: pair.standbyProblem }, 'reporting has no replica');
  const settings = {
    configuration,
    databaseUrl: pair.primaryUrl,
    reportingUrls: pair.standbyUrl === undefined ? [] : [pair.standbyUrl],
    signingKey: signingKey ?? keptSigningKey(directory),
    log,
  };
  return { settings, pair };
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

function openCore({ configuration, databaseUrl, log }: Settings): Promise<CoreDatabase> {
  const limits = {
    poolSize: configuration.corePoolSize,
    poolWaitMs: configuration.corePoolWaitMs,
    statementTimeoutMs: configuration.coreStatementTimeoutMs,
    lockTimeoutMs: configuration.lockTimeoutMs,
  };
  return CoreDatabase.open(databaseUrl, limits, (error) => log.warn({ err: error }, 'a core connection was lost'));
}

function openBucket({ configuration, log }: Settings): TokenBucket & { close(): void } {
  const inProcess = createInProcessBucket();
  if (configuration.redisUrl === undefined) return { ...inProcess, close: () => undefined };
  return connectRedisBucket({
    url: configuration.redisUrl,
    fallback: inProcess,
    onAway: (error) => log.warn({ err: error }, 'Redis is away: each instance limits on its own'),
    onBack: () => log.info('Redis is back'),
  });
}

async function startCore(settings: Settings, reportingPort: (() => number | undefined) | null): Promise<RunningRole> {
  const { configuration, log, signingKey } = settings;
  const database = await openCore(settings);
  const bucket = openBucket(settings);
  const metrics = new Metrics({
    pools: () => [{ name: 'core', max: configuration.corePoolSize, ...database.use() }],
    replicas: () => [],
  });
  const app = await makeCoreListener({
    configuration,
    database,
    clock: systemClock,
    authentication: new Authentication({ database, clock: systemClock, signingKey, configuration }),
    bucket,
    metrics,
    log,
    reportingPort,
    ready: async () => {
      const failed = await database.reader({ signal: AbortSignal.timeout(2_000) }).query(sql`SELECT 1 AS alive`).then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      ); // prettier-ignore
      return [{ part: 'core database', ready: failed === undefined, ...(failed !== undefined && { reason: failed }) }];
    },
  });
  await app.listen({ host: configuration.host, port: configuration.port });
  return {
    port: portOf(app.server.address()),
    stop: async () => {
      await app.close();
      bucket.close();
      await database.close();
    },
  };
}

function portOf(address: string | { port: number } | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** The environment of a role in a process of its own. */
function environmentOf(settings: Settings, more: Readonly<Record<string, string>>): Record<string, string> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    ...Object.fromEntries(inherited),
    DATABASE_URL: settings.databaseUrl,
    REPORTING_DATABASE_URLS: settings.reportingUrls.join(','),
    SANHU_SIGNING_KEY: settings.signingKey,
    ...more,
  };
}

async function serve(roles: readonly Role[]): Promise<void> {
  const { configuration, log } = start();
  const { settings, pair } = await openSettings(configuration, log);
  const isChild = process.send !== undefined;
  if (!isChild) await migrate(settings.databaseUrl);
  const [first = 'core'] = roles;
  void first;
  const running = await startCore(settings, null);
  if (isChild) process.send?.({ ready: true, port: running.port } satisfies RoleReady);
  else {
    const demonstration: Demonstration | null = null;
    const url = `http://${configuration.host}:${running.port}`;
    process.stdout.write(welcomeText({ url, primaryUrl: settings.databaseUrl, standbyUrl: settings.reportingUrls[0], demonstration }));
  }
  await untilStopped();
  await running.stop();
  await pair?.stop();
}

function start(): { configuration: Configuration; log: Logger } {
  const configuration = loadConfiguration(process.env);
  // To standard error: standard output is for what a person asked for.
  const log = pino({ level: configuration.logLevel, base: null }, pino.destination({ fd: 2, sync: false, minLength: 4_096 }));
  setInterval(() => log.flush(), 1_000).unref();
  return { configuration, log };
}

function notYet(): never {
  throw new Error('not wired');
}

async function main(): Promise<void> {
  const commands = makeCommandLine('0.1.0', {
    serve,
    migrate: async () => {
      const { configuration, log } = start();
      const { settings, pair } = await openSettings(configuration, log);
      const ran = await migrate(settings.databaseUrl);
      process.stdout.write(ran.length === 0 ? 'The schema is up to date.\n' : `${ran.join('\n')}\n`);
      await pair?.stop();
    },
    seed: notYet,
    importFile: notYet,
    audit: notYet,
    doctor: notYet,
    schema: notYet,
    config: () => void process.stdout.write(`${describeConfiguration(process.env).join('\n')}\n`),
  });
  await commands.parseAsync();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigurationError ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
