import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { selectTrustedDocument, type Authentication } from '../../business/component/staff';
import type { CoreDatabase } from '../../business/context';
import type { Configuration } from '../../config/parameters';
import type { Clock } from '../../kernel/clock';
import type { Id } from '../../kernel/id';
import type { GraphContext, ImportServices } from '../graphql/server/context';
import { makeContractEndpoint } from '../graphql/server/contract-endpoint';
import { rememberDocuments } from '../graphql/server/guard/trusted-documents';
import type { TokenBucket } from '../graphql/server/guard/token-bucket';
import { makeGraphContext } from '../graphql/server/make-context';
import { buildPartnerContract } from '../graphql/partner/partner-contract';
import { buildStaffContract } from '../graphql/staff/staff-contract';
import { Admission } from './admission';
import { serveAuthentication } from './authentication-routes';
import { authenticateAs } from './bearer-token';
import { serveForms } from './form-routes';
import { serveGraphql } from './graphql-route';
import { serveHealth, type Readiness } from './health-routes';
import { serveImports } from './import-routes';
import { makeListener } from './listener';
import type { Metrics } from './metrics';
import { serveReportingProxy } from './reporting-proxy';
import type { Telemetry } from './telemetry';

export interface CoreListenerOptions {
  readonly configuration: Configuration;
  readonly database: CoreDatabase;
  readonly clock: Clock;
  readonly authentication: Authentication;
  readonly bucket: TokenBucket;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Undefined: no traces leave. */
  readonly telemetry: Telemetry | undefined;
  /** Undefined: this process takes no imports. */
  readonly imports?: ImportServices | undefined;
  readonly ready: () => Promise<readonly Readiness[]>;
  /** Where the reporting role of this machine listens; null when it does not run here. */
  readonly reportingPort: (() => number | undefined) | null;
}

/** Everything that the core role serves: staff and partner contracts, log-in, health, metrics, and the way to reporting. */
export async function makeCoreListener(options: CoreListenerOptions): Promise<FastifyInstance> {
  const { configuration, database, clock, authentication, log, metrics } = options;
  const app = makeListener({ ...configuration, log });
  const lookup = rememberDocuments((client, document) => selectTrustedDocument(database.reader(), client as Id<'apiClient'>, document));
  const services = { configuration, bucket: options.bucket, lookup, metrics, log };
  const { coreRequestsAtOnce: atOnce, coreRequestWaitMs: waitMs, bodyLimitBytes } = configuration;
  // Places of their own: partners who ask too much keep each other waiting, and no counter.
  const admissions = {
    staff: new Admission(atOnce, waitMs, bodyLimitBytes),
    partner: new Admission(Math.ceil(atOnce / 4), waitMs, bodyLimitBytes),
  };
  metrics.watchAdmissions(admissions);
  const contracts = [
    { path: '/graphql', contract: 'staff', kind: 'STAFF', schema: buildStaffContract() },
    { path: '/partner/graphql', contract: 'partner', kind: 'PARTNER', schema: buildPartnerContract() },
  ] as const;
  for (const { path, contract, kind, schema } of contracts) {
    const endpoint = makeContractEndpoint<GraphContext>(schema, services);
    await endpoint.start();
    app.addHook('onClose', () => endpoint.stop());
    serveGraphql<GraphContext>(app, {
      path,
      contract,
      endpoint,
      deadlineMs: configuration.requestDeadlineMs,
      admission: admissions[contract],
      authenticate: authenticateAs(kind, (token) => authentication.verifyAccessToken(token)),
      makeContext: (request) => makeGraphContext({ database, clock, credentials: authentication, imports: options.imports }, request),
    }, { metrics, log, telemetry: options.telemetry }); // prettier-ignore
  }
  serveAuthentication(app, authentication, log);
  const ofStaff = authenticateAs('STAFF', (token) => authentication.verifyAccessToken(token));
  serveForms(app, { database, clock, authenticate: ofStaff, deadlineMs: configuration.requestDeadlineMs, log });
  if (options.imports !== undefined) {
    const { uploadLimitBytes: limitBytes, uploadTotalBytes: totalBytes } = configuration;
    serveImports(app, { directory: options.imports.directory, limitBytes, totalBytes, authenticate: ofStaff, log });
  }
  serveHealth(app, { ready: options.ready, metrics });
  if (options.reportingPort !== null) {
    serveReportingProxy(app, {
      paths: ['/reporting/graphql', '/reporting/health/live', '/reporting/health/ready', '/reporting/metrics'],
      port: options.reportingPort,
      deadlineMs: configuration.reportingDeadlineMs + 2_000,
      log,
    });
  }
  return app;
}
