import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { TokenVerifier, selectTrustedDocument } from '../../business/component/staff';
import type { ReadContext, ReportingDatabase } from '../../business/context';
import type { Configuration } from '../../config/parameters';
import type { Clock } from '../../kernel/clock';
import type { Id } from '../../kernel/id';
import { makeReportingContext, type ReportingContext } from '../graphql/reporting/reporting-context';
import { buildReportingContract } from '../graphql/reporting/reporting-contract';
import { makeContractEndpoint } from '../graphql/server/contract-endpoint';
import type { TokenBucket } from '../graphql/server/guard/token-bucket';
import { rememberDocuments } from '../graphql/server/guard/trusted-documents';
import { authenticateAs } from './bearer-token';
import { serveGraphql } from './graphql-route';
import { serveHealth, type Readiness } from './health-routes';
import { makeListener } from './listener';
import type { Metrics } from './metrics';
import type { Telemetry } from './telemetry';

export interface ReportingListenerOptions {
  readonly configuration: Configuration;
  readonly signingKey: string;
  readonly database: ReportingDatabase;
  readonly clock: Clock;
  readonly bucket: TokenBucket;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly telemetry: Telemetry | undefined;
}

/** How long a log-in may take to reach the replicas before it counts as none. */
const LOG_IN_ARRIVES_WITHIN_MS = 1_500;

/** What the reporting role serves. It has no connection to the primary: with the primary away, reports go on. */
export async function makeReportingListener(options: ReportingListenerOptions): Promise<FastifyInstance> {
  const { configuration, database, clock, metrics, log, telemetry } = options;
  const onReplica: ReadContext['sql'] = { query: async (statement) => (await database.reader({}, null)).runner.query(statement) };
  const verifier = new TokenVerifier(options.signingKey, () => onReplica, LOG_IN_ARRIVES_WITHIN_MS);
  const lookup = rememberDocuments((client, document) => selectTrustedDocument(onReplica, client as Id<'apiClient'>, document));
  const endpoint = makeContractEndpoint<ReportingContext>(buildReportingContract(), {
    configuration,
    bucket: options.bucket,
    lookup,
    metrics,
    log,
  });
  await endpoint.start();
  const app = makeListener({ ...configuration, log });
  app.addHook('onClose', () => endpoint.stop());
  const route = {
    path: '/reporting/graphql',
    contract: 'reporting' as const,
    endpoint,
    deadlineMs: configuration.reportingDeadlineMs,
    authenticate: authenticateAs('STAFF', (token) => verifier.verifyAccessToken(token)),
    makeContext: makeReportingContext.bind(null, database, clock),
  };
  serveGraphql<ReportingContext>(app, route, { metrics, log, telemetry });
  const health = { metrics, ready: () => Promise.resolve(readinessOf(database)) };
  serveHealth(app, health);
  // The same behind core's own port, where this role runs beside it.
  serveHealth(app, { ...health, below: '/reporting' });
  return app;
}

/** Ready while one replica can answer. */
function readinessOf(database: ReportingDatabase): Readiness[] {
  const replicas = database.health();
  const reason =
    replicas.length === 0
      ? 'no replica is configured'
      : replicas.map(({ name, state, lagMs }) => `${name} ${state} ${lagMs ?? '?'} ms`).join(', ');
  return [{ part: 'reporting replicas', ready: replicas.some(({ state }) => state === 'up'), reason }];
}
