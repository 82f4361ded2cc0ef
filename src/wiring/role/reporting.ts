import { closeListener } from '../../access/http/close-listener';
import { Metrics } from '../../access/http/metrics';
import { makeReportingListener } from '../../access/http/reporting-listener';
import { ReportingDatabase } from '../../data/connection/reporting-database';
import { systemClock } from '../../kernel/clock';
import type { Settings } from '../settings';
import { openBucket, openTelemetry, listen, portOf, type RunningRole } from './running-role';

export async function startReporting(settings: Settings): Promise<RunningRole> {
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
