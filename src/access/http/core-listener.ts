import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { selectTrustedDocument, type Authentication, type Principal } from '../../business/component/staff';
import type { CoreDatabase } from '../../business/context';
import type { Configuration } from '../../config/parameters';
import type { Clock } from '../../kernel/clock';
import { Failure } from '../../kernel/failure';
import type { Id } from '../../kernel/id';
import type { GraphContext } from '../graphql/server/context';
import { makeContractEndpoint } from '../graphql/server/contract-endpoint';
import { rememberDocuments } from '../graphql/server/guard/trusted-documents';
import type { TokenBucket } from '../graphql/server/guard/token-bucket';
import { makeGraphContext } from '../graphql/server/make-context';
import { buildPartnerContract } from '../graphql/partner/partner-contract';
import { buildStaffContract } from '../graphql/staff/staff-contract';
import { serveAuthentication } from './authentication-routes';
import { serveGraphql } from './graphql-route';
import { serveHealth, type Readiness } from './health-routes';
import { makeListener } from './listener';
import type { Metrics } from './metrics';
import { serveReportingProxy } from './reporting-proxy';

export interface CoreListenerOptions {
  readonly configuration: Configuration;
  readonly database: CoreDatabase;
  readonly clock: Clock;
  readonly authentication: Authentication;
  readonly bucket: TokenBucket;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly ready: () => Promise<readonly Readiness[]>;
  /** Where the reporting role of this machine listens; null when it does not run here. */
  readonly reportingPort: (() => number | undefined) | null;
}

/** Everything that the core role serves: staff and partner contracts, log-in, health, metrics, and the way to reporting. */
export async function makeCoreListener(options: CoreListenerOptions): Promise<FastifyInstance> {
  const { configuration, database, clock, authentication, log, metrics } = options;
  const app = makeListener({ bodyLimitBytes: configuration.bodyLimitBytes, log });
  const lookup = rememberDocuments((client, document) => selectTrustedDocument(database.reader(), client as Id<'apiClient'>, document));
  const services = { configuration, bucket: options.bucket, lookup, metrics, log };
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
      authenticate: authenticateAs(kind, (token) => authentication.verifyAccessToken(token)),
      makeContext: (request) => makeGraphContext(database, clock, request),
    }, { metrics, log }); // prettier-ignore
  }
  serveAuthentication(app, authentication, log);
  serveHealth(app, { ready: options.ready, metrics });
  if (options.reportingPort !== null) {
    serveReportingProxy(app, {
      path: '/reporting/graphql',
      port: options.reportingPort,
      deadlineMs: configuration.reportingDeadlineMs + 2_000,
      log,
    });
  }
  return app;
}

type Verify = (token: string) => Principal | Promise<Principal>;

/** Reads the bearer token; each contract is for one kind of caller. */
export function authenticateAs(kind: Principal['kind'], verify: Verify): (authorization: string | undefined) => Principal | Promise<Principal> {
  const check = (principal: Principal): Principal => {
    if (principal.kind !== kind) throw new Failure('FORBIDDEN', 'This contract is not for this kind of caller.');
    return principal;
  };
  return (authorization) => {
    const token = authorization?.startsWith('Bearer ') === true ? authorization.slice(7) : '';
    if (token === '') throw new Failure('UNAUTHENTICATED', 'Log in, and send Authorization: Bearer <access token>.');
    const found = verify(token);
    return found instanceof Promise ? found.then(check) : check(found);
  };
}
