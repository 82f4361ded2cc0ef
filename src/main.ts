#!/usr/bin/env node
import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FastifyInstance } from 'fastify';
import pino, { type Logger } from 'pino';
import { FAULTS_TOLD_MAX, auditAll, fulfilmentFaultText } from './access/cli/audit';
import { makeCommandLine, type FoundOptions, type BatchOptions, type ImportOptions, type Role } from './access/cli/command-line';
import { writeContracts } from './access/cli/contracts';
import { RoleProcess, type RoleReady } from './access/cli/role-process';
import { stopSignal, StoppedError, untilStopped } from './access/cli/until-stopped';
import { importFile, importText } from './access/cli/import-file';
import { batchText, runBatchFile } from './access/cli/order-batch-file';
import { showProgress } from './access/cli/progress';
import { playScenarioFile, scenarioText } from './access/cli/scenario-file';
import { demonstrationText, welcomeText } from './access/cli/welcome';
import { connectRedisBucket } from './access/graphql/server/guard/redis-token-bucket';
import { createInProcessBucket, type TokenBucket } from './access/graphql/server/guard/token-bucket';
import { cleanUploads, RowFile, uploadedFile } from './access/file';
import { closeListener } from './access/http/close-listener';
import { makeCoreListener } from './access/http/core-listener';
import { serveHealth, type Readiness } from './access/http/health-routes';
import { makeListener } from './access/http/listener';
import { loggableError } from './access/http/loggable-error';
import { Metrics } from './access/http/metrics';
import { NetworkMetrics, measureParked } from './access/http/network-metrics';
import { makeReportingListener } from './access/http/reporting-listener';
import { Telemetry } from './access/http/telemetry';
import { foldPartySummary } from './business/component/report';
import { Authentication } from './business/component/staff';
import { selectOrderByNo } from './business/component/order';
import { execute, keepUnit } from './business/execute';
import { foundNewOperator } from './business/process/founding';
import { batchPaymentWorkflow, orderBatchWorkflow, recordBatchPayment, startOrderBatch } from './business/process/order-batch';
import { partyImportWorkflow, selectOpenDigests, startImportJob, type OpenSource } from './business/process/party-import';
import { selectFailingUndos, selectFulfilmentFaults } from './business/view/fulfilment';
import { seedDemonstration, type Demonstration } from './business/process/demonstration';
import {
  engineTasks, rebuildPartySummary, standingTasks, startMaintenance, type MaintenanceTask, type Retention,
} from './business/process/maintenance'; // prettier-ignore
import {
  endLapsedBundles,
  expireOrders,
  fulfilmentHands,
  resumeFulfilment,
  startDueOrders,
  synchroniseDue,
} from './business/process/acceptance';
import { fulfilmentWorkflow } from './business/process/fulfilment';
import { programContext } from './business/process/program-context';
import { describeConfiguration, loadConfiguration } from './config/load-configuration';
import type { Configuration } from './config/parameters';
import { CoreDatabase } from './data/connection/core-database';
import { defaultDataDirectory, findRunningPair, startEmbeddedPair, type EmbeddedPair } from './data/connection/embedded-postgres';
import { inspectPrimary, inspectReplica, type Finding } from './data/connection/inspect-server';
import { migrate } from './data/connection/migrate';
import { ReportingDatabase } from './data/connection/reporting-database';
import { provideTemplate, withThrowAwayDatabase } from './data/connection/throw-away-database';
import { EngineWorker } from './data/engine/engine-worker';
import { ProcessEngine } from './data/engine/process-engine';
import type { EngineLog } from './data/engine/engine-settings';
import { NetworkCalls } from './data/provisioning/network-calls';
import { systemClock } from './kernel/clock';
import { invariant } from './kernel/failure';

/** The reporting role and the embedded standby give way to the counters (design: figures of `isolation`). */
const REPORTING_NICENESS = 10;
const CHILD_READY_MS = 30_000;
/** How long a role in a process of its own may take to stop once the program that started it has gone. */
const ORPHAN_STOP_MS = 9_000;
const EMBEDDED_DATABASE = 'sanhu';
const SEED_POOL_SIZE = 4;
const COMMAND_POOL_SIZE = 4;
const ENGINE_CLIENT_POOL_SIZE = 2;

/** The project's folder: this file is `dist/src/main.js` in it. */
const PROJECT = resolve(__dirname, '..', '..');

/** What a role is started with: every address and secret is known. */
interface Settings {
  readonly configuration: Configuration;
  readonly databaseUrl: string;
  readonly reportingUrls: readonly string[];
  readonly signingKey: string;
  /** Where files lie that were sent for import: core takes them in, a worker reads them. */
  readonly uploadDirectory: string;
  readonly log: Logger;
}

/** A role that runs in this process. */
interface RunningRole {
  readonly port: number;
  stop(): Promise<void>;
}

/** The servers given, or an embedded pair: for a command, the one that a running program has, where there is one. */
async function openSettings(
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

function openCore(
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

function openTelemetry({ configuration: { otlpEndpoint } }: Settings, role: Role): Telemetry | undefined {
  return otlpEndpoint === undefined ? undefined : new Telemetry(otlpEndpoint, role);
}

async function startCore(settings: Settings, reportingPort: (() => number | undefined) | null): Promise<RunningRole> {
  const { configuration, log, signingKey } = settings;
  const database = await openCore(settings);
  const bucket = openBucket(settings);
  const telemetry = openTelemetry(settings, 'core');
  const engine = await ProcessEngine.open(settings.databaseUrl, ENGINE_CLIENT_POOL_SIZE, engineLogOf(log));
  const metrics = new Metrics({
    pools: () => [{ name: 'core', max: configuration.corePoolSize, ...database.use() }],
    replicas: () => [],
  });
  const app = await makeCoreListener({
    configuration,
    database,
    clock: systemClock,
    authentication: new Authentication({ database, clock: systemClock, keepUnit, signingKey, configuration }),
    bucket,
    metrics,
    log,
    telemetry,
    reportingPort,
    imports: {
      directory: settings.uploadDirectory,
      start: startImportJob(engine, importWorkflow(settings, database)),
      batches: {
        start: startOrderBatch(engine, orderBatchWorkflow({ database, clock: systemClock })),
        pay: recordBatchPayment(engine, batchPaymentWorkflow({ database, clock: systemClock })),
      },
    },
    ready: async () => [await readinessOf(database)],
  });
  await listen(app, configuration);
  return {
    port: portOf(app.server.address()),
    stop: async () => {
      await closeListener(app);
      bucket.close();
      await telemetry?.stop();
      await engine.close();
      await database.close();
    },
  };
}

function engineLogOf(log: Logger): EngineLog {
  return (level, message) => log[level](message);
}

/** The import of files, as core enqueues and a worker runs it. */
function importWorkflow({ uploadDirectory }: Settings, database: CoreDatabase): ReturnType<typeof partyImportWorkflow> {
  const openSource: OpenSource = (job, form) => RowFile.open(uploadedFile(uploadDirectory, job.fileDigest), form);
  return partyImportWorkflow({ database, clock: systemClock, openSource });
}

/** @throws Error that says what is wrong with the address, and which parameters it is from */
async function listen(app: FastifyInstance, { host, port }: Configuration): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const why = WHY_NOT_LISTENING[(error as NodeJS.ErrnoException).code ?? ''];
    if (why === undefined) throw error;
    throw new Error(`The API cannot be served on ${host}:${port}: ${why} (SANHU_HOST, SANHU_PORT).`, { cause: error });
  }
}

const WHY_NOT_LISTENING: Readonly<Record<string, string | undefined>> = {
  EADDRINUSE: 'another program listens on that port; stop it or choose another',
  EACCES: 'this user may not listen on that port',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'there is no such address',
};

function portOf(address: string | { port: number } | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function startReporting(settings: Settings): Promise<RunningRole> {
  const { configuration, log, signingKey } = settings;
  const limits = {
    poolSize: configuration.reportingPoolSize,
    poolWaitMs: configuration.reportingPoolWaitMs,
    statementTimeoutMs: configuration.reportingStatementTimeoutMs,
    lockTimeoutMs: configuration.lockTimeoutMs,
    lagLimitMs: configuration.reportingLagLimitMs,
    readAfterWaitMs: configuration.readAfterWaitMs,
  };
  const database = new ReportingDatabase(settings.reportingUrls, limits, (error) =>
    log.warn({ err: error }, 'a reporting connection was lost'),
  );
  await database.start();
  const bucket = openBucket(settings);
  const telemetry = openTelemetry(settings, 'reporting');
  const metrics = new Metrics({
    pools: () => database.use().map((use) => ({ ...use, name: `reporting ${use.name}`, max: configuration.reportingPoolSize })),
    replicas: () => database.health(),
  });
  const app = await makeReportingListener({ configuration, signingKey, database, clock: systemClock, bucket, metrics, log, telemetry });
  await listen(app, configuration);
  return {
    port: portOf(app.server.address()),
    stop: async () => {
      await closeListener(app);
      bucket.close();
      await telemetry?.stop();
      await database.close();
    },
  };
}

/** The demonstration's operator, in a database that is empty or holds just that; null for an operator of its own. */
async function seed(settings: Settings, stop?: AbortSignal): Promise<Demonstration | null> {
  const { configuration, signingKey } = settings;
  const database = await openCore(settings, SEED_POOL_SIZE);
  const progress = showProgress(process.stderr, 'seeding customers', null);
  try {
    const authentication = new Authentication({ database, clock: systemClock, keepUnit, signingKey, configuration });
    const onProgress = (done: number): void => {
      stop?.throwIfAborted(); // the next start goes on with it
      progress.report(done);
    };
    return await seedDemonstration({ database, clock: systemClock, authentication, onProgress });
  } finally {
    await database.close();
  }
}

/** What a worker needs of connections beside those of its workflows: for maintenance and health. */
const WORKER_POOL_MORE = 4;
const WORKER_DRAIN_MS = 8_000;

/** Long work and maintenance. Its listener answers health and metrics only. */
async function startWorker(settings: Settings): Promise<RunningRole> {
  const { configuration, databaseUrl, log } = settings;
  const database = await openCore(settings, configuration.workerConcurrency + WORKER_POOL_MORE);
  const engineLog = engineLogOf(log);
  const engine = await ProcessEngine.open(databaseUrl, ENGINE_CLIENT_POOL_SIZE, engineLog);
  const metrics = new Metrics({ pools: () => [{ name: 'worker', max: database.size, ...database.use() }], replicas: () => [] });
  const network = openNetwork(settings, metrics);
  measureParked(metrics.registry, async () => (await engine.parkedSince(systemClock.now().subtract({ hours: 24 }))).length);
  const worker = await EngineWorker.start({
    url: databaseUrl,
    core: database,
    workflows: [
      importWorkflow(settings, database),
      fulfilWorkflow(settings, database, network),
      orderBatchWorkflow({ database, clock: systemClock }),
      batchPaymentWorkflow({ database, clock: systemClock }),
    ],
    concurrency: configuration.workerConcurrency,
    log: engineLog,
    onEvent: (event) => log.warn(event, 'durable engine'),
  });
  const retention = retentionOf(configuration);
  const tasks = [
    ...standingTasks(retention),
    foldTask,
    uploadsTask(settings),
    ordersTask(database, 'due-orders', startDueOrders),
    ordersTask(database, 'overdue-orders', expireOrders),
    ordersTask(database, 'changes-ahead', synchroniseDue),
    ordersTask(database, 'lapsed-bundles', endLapsedBundles),
    ...engineTasks(engine, retention, (parked) => log.error({ parked }, 'workflows are parked')),
  ];
  const maintenance = startMaintenance(database, systemClock, tasks, {
    onRan: (task, ran) => log.debug({ task, ...ran }, 'maintenance'),
    onFailed: (task, error) => log.error({ task, err: error }, 'maintenance failed'),
  });
  const app = makeListener({ ...configuration, log });
  serveHealth(app, { metrics, ready: async () => [await readinessOf(database)] });
  await listen(app, configuration);
  return {
    port: portOf(app.server.address()),
    stop: async () => {
      await closeListener(app);
      await Promise.all([maintenance.stop(), worker.stop(WORKER_DRAIN_MS)]);
      network.close();
      await engine.close();
      await database.close();
    },
  };
}

/** No call holds a worker's place for longer; what takes an element longer is asked for later. */
const NETWORK_CALL_MS_MAX = 20_000;

/** The one way of a process to the network. */
function openNetwork({ configuration, log }: Settings, metrics: Metrics): NetworkCalls {
  const { onCall, onBreaker } = new NetworkMetrics(metrics.registry);
  return new NetworkCalls({
    credentials: configuration.provisioningCredentials,
    callMsMax: NETWORK_CALL_MS_MAX,
    onCall,
    onBreaker: (adapter, state) => {
      log.warn({ adapter, state }, 'circuit breaker of a network element');
      onBreaker(adapter, state);
    },
  });
}

/** An order that waits for the network is looked at again after a second, then after two, and so on. */
const FULFILMENT_FIRST_WAIT_MS = 1_000;
const FULFILMENT_WAIT_MS_MAX = 60_000;

function fulfilWorkflow({ configuration }: Settings, database: CoreDatabase, network: NetworkCalls): ReturnType<typeof fulfilmentWorkflow> {
  const patienceMs = configuration.fulfilmentPatienceMinutes * 60_000;
  const pace = { firstWaitMs: FULFILMENT_FIRST_WAIT_MS, waitMsMax: FULFILMENT_WAIT_MS_MAX, patienceMs };
  return fulfilmentWorkflow({ database, clock: systemClock, network, pace, hands: fulfilmentHands });
}

function retentionOf({ idempotencyDays, sessionDays, workflowDays, auditMonths, outboxMonths }: Configuration): Retention {
  return { idempotencyKeyDays: idempotencyDays, sessionDays, workflowDays, auditMonths, outboxMonths };
}

/** Keeps the report summaries short; reports are exact without it too. */
const foldTask: MaintenanceTask = {
  name: 'party-summary',
  everyMs: 5_000,
  run: foldPartySummary,
};

/** How long a file is kept that was sent and belongs to no import that has not ended. */
const UPLOAD_KEPT_DAYS = 7;

function uploadsTask({ uploadDirectory }: Settings): MaintenanceTask {
  return {
    name: 'uploads',
    everyMs: 3_600_000,
    run: (transaction, now) => {
      const openDigests = (digests: readonly string[]): Promise<ReadonlySet<string>> => selectOpenDigests(transaction, digests);
      return cleanUploads(uploadDirectory, { openDigests, olderThanDays: UPLOAD_KEPT_DAYS, now });
    },
  };
}

const ORDERS_ASKED_EVERY_MS = 10_000;

/**
 * Orders begin when their start comes, and are cancelled when nobody paid them in time: at most so much later. Each is a unit of its
 * own, whatever becomes of this one.
 */
function ordersTask(database: CoreDatabase, name: string, act: typeof startDueOrders): MaintenanceTask {
  const actor = { kind: 'SYSTEM', id: name, clientId: name, address: null } as const;
  return {
    name,
    everyMs: ORDERS_ASKED_EVERY_MS,
    run: async () => {
      const { orders, more } = await act(programContext(database, systemClock, actor, name));
      return { rows: orders, more };
    },
  };
}

async function readinessOf(database: CoreDatabase): Promise<Readiness> {
  try {
    await database.ping(2_000);
    return { part: 'core database', ready: true };
  } catch (error) {
    return { part: 'core database', ready: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** The environment of a role in a process of its own. */
function environmentOf(settings: Settings, more: Readonly<Record<string, string>>): Record<string, string> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    ...Object.fromEntries(inherited),
    DATABASE_URL: settings.databaseUrl,
    REPORTING_DATABASE_URLS: settings.reportingUrls.join(','),
    SANHU_SIGNING_KEY: settings.signingKey,
    SANHU_UPLOAD_DIRECTORY: settings.uploadDirectory,
    ...more,
  };
}

/** Runs one role in this process. */
function startRole(role: Role, settings: Settings, reportingPort: (() => number | undefined) | null): Promise<RunningRole> {
  switch (role) {
    case 'core':
      return startCore(settings, reportingPort);
    case 'reporting':
      return startReporting(settings);
    case 'worker':
      return startWorker(settings);
  }
}

/** The first role runs here; every other in a process of its own, so that none can take another's event loop. */
async function startRoles(roles: readonly Role[], settings: Settings, stop: AbortSignal): Promise<RunningRole> {
  const [here = 'core', ...others] = roles;
  const port = String(settings.configuration.reportingPort);
  const children = others.map(
    (role) =>
      new RoleProcess({
        role,
        program: __filename,
        // Only the first role calls it, and says for whom.
        environment: environmentOf(settings, {
          SANHU_HOST: '127.0.0.1',
          SANHU_PORT: role === 'reporting' ? port : '0',
          SANHU_TRUSTED_PROXIES: 'loopback',
        }),
        niceness: role === 'reporting' ? REPORTING_NICENESS : 0,
        log: settings.log,
      }),
  );
  const reporting = children[others.indexOf('reporting')];
  try {
    const running = await startRole(here, settings, reporting === undefined ? null : () => reporting.port);
    await Promise.race([Promise.all(children.map((child) => child.whenReady(CHILD_READY_MS))), untilStopped(stop)]);
    return {
      port: running.port,
      // At once: a report that is under way through the API's own port is answered while both wait for it.
      stop: async () => void (await Promise.all([running, ...children].map((one) => one.stop()))),
    };
  } catch (error) {
    await Promise.all(children.map((child) => child.stop()));
    throw error;
  }
}

async function serve(roles: readonly Role[]): Promise<void> {
  const stop = stopSignal();
  const { configuration, log } = start();
  const isChild = process.send !== undefined;
  if (isChild) process.once('disconnect', () => setTimeout(() => process.exit(1), ORPHAN_STOP_MS).unref());
  const { settings, pair } = await openSettings(configuration, log, { besideProgram: false });
  try {
    const demonstration = isChild ? null : await prepareDatabase(settings, pair !== undefined, stop);
    stop.throwIfAborted();
    const running = await startRoles(roles, settings, stop);
    if (isChild && process.connected) process.send?.({ ready: true, port: running.port } satisfies RoleReady);
    if (!isChild) {
      const url = `http://${configuration.host}:${running.port}`;
      process.stdout.write(welcomeText({ url, primaryUrl: settings.databaseUrl, standbyUrl: settings.reportingUrls[0], demonstration }));
    }
    await untilStopped(stop);
    await running.stop();
  } catch (error) {
    if (!(error instanceof StoppedError)) throw error;
  } finally {
    await pair?.stop();
  }
}

/** Brings the schema up to date and, in a demonstration on an embedded pair, writes its operator. */
async function prepareDatabase(settings: Settings, embedded: boolean, stop: AbortSignal): Promise<Demonstration | null> {
  stop.throwIfAborted();
  await migrate(settings.databaseUrl);
  stop.throwIfAborted();
  return embedded && settings.configuration.environment === 'demonstration' ? seed(settings, stop) : null;
}

function start(): { configuration: Configuration; log: Logger } {
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

/** Runs a command on the core database, starting the embedded pair where no other is given. */
async function withSettings(command: (settings: Settings) => Promise<void>): Promise<void> {
  const { configuration, log } = start();
  const { settings, pair } = await openSettings(configuration, log, { besideProgram: true });
  try {
    await command(settings);
  } finally {
    await pair?.stop();
  }
}

function withDatabase(command: (database: CoreDatabase) => Promise<void>): Promise<void> {
  return withSettings(async (settings) => {
    // A command counts whole tables: it has no limit of its own.
    const database = await openCore(settings, COMMAND_POOL_SIZE, 0);
    try {
      await command(database);
    } finally {
      await database.close();
    }
  });
}

/** Founds the operator. The password comes by standard input, where neither a history nor a list of processes shows it. */
async function found(settings: Settings, { code, name, nameEn, administrator }: FoundOptions): Promise<void> {
  const password = readFileSync(0, 'utf8').replace(/\r?\n$/, '');
  await migrate(settings.databaseUrl);
  const database = await openCore(settings, COMMAND_POOL_SIZE);
  try {
    const { configuration, signingKey } = settings;
    const authentication = new Authentication({ database, clock: systemClock, keepUnit, signingKey, configuration });
    const who = { loginName: administrator, name: administrator, password };
    const result = await foundNewOperator({
      database,
      clock: systemClock,
      authentication,
      code,
      name,
      nameEn: nameEn ?? null,
      administrator: who,
    });
    if (!result.ok) throw new Error(result.refusals.map(({ message }) => `${message.en} ${message.zh}`).join('\n'));
    process.stdout.write(
      result.value.founded
        ? `${name} is founded; ${administrator} may log in.\n`
        : 'The operator was founded before: nothing was changed.\n',
    );
  } finally {
    await database.close();
  }
}

/** Imports a file, with progress; Ctrl-C stops it behind the batch under way, and the same command goes on from there. */
async function runImport(database: CoreDatabase, file: string, options: ImportOptions): Promise<void> {
  const progress = showProgress(process.stderr, 'importing, bytes', statSync(file, { throwIfNoEntry: false })?.size ?? null);
  const imported = await importFile({
    database,
    clock: systemClock,
    file,
    ...options,
    signal: stopSignal(),
    onProgress: ({ bytes }) => progress.report(bytes),
  });
  if (!imported.before) progress.end();
  process.stdout.write(importText(imported));
  if (imported.job.state !== 'COMPLETED') process.exitCode = 1;
}

/** Accepts the orders of a file; Ctrl-C stops it behind the row under way, and the same command goes on from there. */
async function runBatch(database: CoreDatabase, file: string, options: BatchOptions): Promise<void> {
  const progress = showProgress(process.stderr, 'accepting orders', null);
  let done = 0;
  const onProgress = (): void => progress.report((done += 1));
  const batch = await runBatchFile({ database, clock: systemClock, file, ...options, signal: stopSignal(), onProgress });
  progress.end();
  process.stdout.write(batchText(batch));
  if (batch.batch.state !== 'COMPLETED') process.exitCode = 1;
}

/** Plays scenario files, one after the other. Ends the program with 1 where one does not go as it says. */
async function playScenarios(settings: Settings, files: readonly string[], keep: boolean, stop: AbortSignal): Promise<void> {
  const serverUrl = settings.databaseUrl;
  const template = await provideTemplate(serverUrl);
  const onKept = (url: string): void => void process.stdout.write(`kept    ${url}\n`);
  for (const file of files) {
    const result = await playScenarioFile(
      file,
      (play) =>
        withThrowAwayDatabase({ serverUrl, template, ...(keep ? { onKept } : {}) }, async (databaseUrl) => {
          const database = await openCore({ ...settings, databaseUrl }, COMMAND_POOL_SIZE);
          try {
            return await play(database);
          } finally {
            await database.close();
          }
        }),
      stop,
    );
    stop.throwIfAborted();
    process.stdout.write(scenarioText(result));
    if (result.problems.length > 0) process.exitCode = 1;
  }
}

/** Looks at all that this installation needs. Ends the program with 1 where something is missing. */
async function doctor(settings: Settings): Promise<void> {
  const findings: Finding[] = [nodeFinding(process.versions.node), ...(await inspectPrimary(settings.databaseUrl))];
  for (const url of settings.reportingUrls) findings.push(await inspectReplica(url));
  for (const { what, good, detail } of findings) process.stdout.write(`${good ? 'ok   ' : 'WRONG'} ${what}: ${detail}\n`);
  if (findings.some(({ good }) => !good)) process.exitCode = 1;
  else await inspectFulfilment(settings);
}

/** So often a step may be told to be taken back before somebody should look. */
const UNDO_TRIES_MAX = 5;

/** Orders that nobody goes on with, and steps on the network that are not taken back. */
async function inspectFulfilment(settings: Settings): Promise<void> {
  const database = await openCore(settings, COMMAND_POOL_SIZE, 0);
  const engine = await ProcessEngine.open(settings.databaseUrl, ENGINE_CLIENT_POOL_SIZE, () => undefined);
  try {
    const reader = { sql: database.reader(), now: systemClock.now() };
    const faults = (await selectFulfilmentFaults(reader, FAULTS_TOLD_MAX)).map(fulfilmentFaultText);
    const undos = (await selectFailingUndos(reader, UNDO_TRIES_MAX, FAULTS_TOLD_MAX)).map(
      ({ orderNo, itemNo, adapter, tries, reason }) => `${orderNo} item ${itemNo} at ${adapter}: ${reason ?? 'no answer'}, ${tries} times`,
    );
    const parked = (await engine.parkedSince(systemClock.now().subtract({ hours: 24 * 30 }))).map(({ workflowId }) => workflowId);
    const told: readonly (readonly [string, readonly string[]])[] = [
      ['parked workflows', parked],
      ['orders and their workflows', faults],
      ['steps taken back on the network', undos],
    ];
    for (const [what, lines] of told) {
      process.stdout.write(
        `${lines.length === 0 ? 'ok   ' : 'WRONG'} ${what}: ${lines.length === 0 ? 'none is stuck' : lines.join('; ')}\n`,
      );
      if (lines.length > 0) process.exitCode = 1;
    }
  } catch (error) {
    process.stdout.write(`WRONG orders and their workflows: ${explain(error)}\n`);
    process.exitCode = 1;
  } finally {
    await engine.close();
    await database.close();
  }
}

/** Goes on with orders that nobody goes on with. Ends the program with 1 where that is not possible. */
async function fulfil(database: CoreDatabase, orderNos: readonly string[]): Promise<void> {
  const actor = { kind: 'SYSTEM', id: 'fulfil', clientId: 'fulfil', address: null } as const;
  const context = programContext(database, systemClock, actor, 'fulfil');
  for (const orderNo of orderNos) {
    const order = await selectOrderByNo(context, orderNo);
    const done =
      order === undefined ? undefined : await execute(context, resumeFulfilment, { orderId: order.id }, randomBytes(16).toString('hex'));
    const text = done === undefined ? 'there is no such order' : done.ok ? 'a worker goes on with it' : done.refusals[0]?.message.en;
    process.stdout.write(`${orderNo}: ${text ?? ''}\n`);
    if (done?.ok !== true) process.exitCode = 1;
  }
}

function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return { what: 'Node.js', good: major > 20 || (major === 20 && minor >= 19), detail: `${version}, 20.19 or later is needed` };
}

/** Proves that what is kept twice agrees. Ends the program with 1 where it does not. */
async function audit(database: CoreDatabase, rebuild: boolean): Promise<void> {
  if (rebuild) await rebuildPartySummary(database, systemClock);
  const good = await auditAll(database, systemClock, (text) => void process.stdout.write(text));
  if (!good) process.exitCode = 1;
}

async function main(): Promise<void> {
  const commands = makeCommandLine('0.1.0', {
    serve,
    migrate: () =>
      withSettings(async ({ databaseUrl }) => {
        const ran = await migrate(databaseUrl);
        process.stdout.write(ran.length === 0 ? 'The schema is up to date.\n' : `${ran.join('\n')}\n`);
      }),
    found: (options) => withSettings((settings) => found(settings, options)),
    seed: () =>
      withSettings(async (settings) => {
        await migrate(settings.databaseUrl);
        const demonstration = await seed(settings);
        if (demonstration === null) throw new Error('The database holds an operator of its own: nothing was written.');
        process.stdout.write(`${demonstrationText(demonstration)}\n`);
      }),
    importFile: (file, options) => withDatabase((database) => runImport(database, file, options)),
    orderBatch: (file, options) => withDatabase((database) => runBatch(database, file, options)),
    scenario: (files, { keep }) => {
      const stop = stopSignal();
      return withSettings((settings) => playScenarios(settings, files, keep, stop));
    },
    audit: ({ rebuild }) => withDatabase((database) => audit(database, rebuild)),
    doctor: () => withSettings(doctor),
    fulfil: (orderNos) => withDatabase((database) => fulfil(database, orderNos)),
    schema: ({ publish }) => writeContracts(join(PROJECT, 'schema'), publish),
    config: () => void process.stdout.write(`${describeConfiguration(process.env).join('\n')}\n`),
  });
  await commands.parseAsync();
}

/** What is wrong, in one message; where in the program it came up, only for a mistake of its own and for who asks for more. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof AggregateError) return error.errors.map(explain).join('; ');
  const isMistake = error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
  const wantsMore = ['debug', 'trace'].includes(process.env['SANHU_LOG_LEVEL'] ?? '');
  return isMistake || wantsMore ? (error.stack ?? error.message) : error.message;
}

main().catch((error: unknown) => {
  process.stderr.write(`sanhu: ${explain(error)}\n`);
  process.exit(1);
});
