import { closeListener } from '../../access/http/close-listener';
import { makeCoreListener } from '../../access/http/core-listener';
import { Metrics } from '../../access/http/metrics';
import { Authentication } from '../../business/component/staff';
import { keepUnit } from '../../business/execute';
import { batchPaymentWorkflow, orderBatchWorkflow, recordBatchPayment, startOrderBatch } from '../../business/process/order-batch';
import { startImportJob } from '../../business/process/party-import';
import { ProcessEngine } from '../../data/engine/process-engine';
import { systemClock } from '../../kernel/clock';
import { ENGINE_CLIENT_POOL_SIZE, openCore, type Settings } from '../settings';
import { openBucket, openTelemetry, engineLogOf, importWorkflow, listen, portOf, readinessOf, type RunningRole } from './running-role';

export async function startCore(settings: Settings, reportingPort: (() => number | undefined) | null): Promise<RunningRole> {
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
