import { cleanUploads } from '../../access/file';
import { closeListener } from '../../access/http/close-listener';
import { serveHealth } from '../../access/http/health-routes';
import { makeListener } from '../../access/http/listener';
import { Metrics } from '../../access/http/metrics';
import { NetworkMetrics, measureParked } from '../../access/http/network-metrics';
import { foldPartySummary } from '../../business/component/report';
import { endLapsedBundles, expireOrders, fulfilmentHands, startDueOrders, synchroniseDue } from '../../business/process/acceptance';
import { fulfilmentWorkflow } from '../../business/process/fulfilment';
import { engineTasks, standingTasks, startMaintenance, type MaintenanceTask, type Retention } from '../../business/process/maintenance';
import { batchPaymentWorkflow, orderBatchWorkflow } from '../../business/process/order-batch';
import { selectOpenDigests } from '../../business/process/party-import';
import { programContext } from '../../business/process/program-context';
import type { Configuration } from '../../config/parameters';
import { type CoreDatabase } from '../../data/connection/core-database';
import { EngineWorker } from '../../data/engine/engine-worker';
import { ProcessEngine } from '../../data/engine/process-engine';
import { NetworkCalls } from '../../data/provisioning/network-calls';
import { systemClock } from '../../kernel/clock';
import { ENGINE_CLIENT_POOL_SIZE, openCore, type Settings } from '../settings';
import { engineLogOf, importWorkflow, listen, portOf, readinessOf, type RunningRole } from './running-role';

/** What a worker needs of connections beside those of its workflows: for maintenance and health. */
const WORKER_POOL_MORE = 4;

const WORKER_DRAIN_MS = 8_000;

/** Long work and maintenance. Its listener answers health and metrics only. */
export async function startWorker(settings: Settings): Promise<RunningRole> {
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
