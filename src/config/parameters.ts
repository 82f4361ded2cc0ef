import { isIP } from 'node:net';
import { z } from 'zod';

/** A parameter of the program: its environment variable, what it means, and how its text is read. */
export interface Parameter<Value> {
  readonly variable: string;
  readonly meaning: string;
  readonly schema: z.ZodType<Value>;
  /** What holds when the variable is not set, as a person would write it. */
  readonly initially: string;
  readonly secret?: true;
}

const text = z.string().min(1);
const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must lie between ${min} and ${max}`);
const postgresUrl = text.regex(/^postgres(ql)?:\/\/[^\s/]+/, 'must look like postgres://user:password@host:port/database');
const list = <Item>(item: z.ZodType<Item, string>) =>
  z
    .string()
    .transform((value) =>
      value
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .pipe(z.array(item));
/** An address, a block of addresses as `10.0.0.0/8`, or `loopback`. A block of all addresses would trust every caller. */
const proxy = z.string().refine((value) => {
  const [address = '', bits, ...more] = value.split('/');
  if (value === 'loopback') return true;
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}, 'must be loopback, addresses or blocks such as 10.0.0.0/8');

function parameter<Value>(variable: string, initially: string, meaning: string, schema: z.ZodType<Value, string>): Parameter<Value> {
  return { variable, meaning, schema, initially };
}
function secret<Value>(variable: string, initially: string, meaning: string, schema: z.ZodType<Value, string>): Parameter<Value> {
  return { variable, meaning, schema, initially, secret: true };
}
/** Tokens as RFC 6750 writes them, so that none can end a header or begin another. */
const tokensByCode = z
  .string()
  .transform((value, context) => {
    try {
      return JSON.parse(value) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'must be JSON' }); // what does not parse is not shown: it is secret
      return z.NEVER;
    }
  })
  .pipe(
    z.record(
      z.string().regex(/^\w[\w-]{0,63}$/, 'each code must be of letters, digits, - and _'),
      z.string().regex(/^[\w.~+/-]{1,4096}=*$/, 'each token must be a bearer token'),
    ),
  );
const optional = <Value>(schema: z.ZodType<Value, string>) => z.union([z.literal('').transform(() => undefined), schema]);

/** Every parameter of the program. `sanhu config` lists it; a wrong value stops the start with an error that names it. */
export const PARAMETERS = {
  environment: parameter('SANHU_ENVIRONMENT', 'demonstration',
    'demonstration seeds an operator on an empty database; production never does, and hides schema hints',
    z.enum(['demonstration', 'production'])),
  host: parameter('SANHU_HOST', '127.0.0.1', 'address that the API listens on', text),
  port: parameter('SANHU_PORT', '4000', 'port of the API', whole(0, 65_535)),
  reportingPort: parameter('SANHU_REPORTING_PORT', '0',
    'port of the reporting role when it runs beside core, behind the API\'s own port; 0: any free one', whole(0, 65_535)),
  trustedProxies: parameter('SANHU_TRUSTED_PROXIES', 'loopback',
    'who may say in X-Forwarded-For whom it calls for: loopback, addresses or blocks of them, separated by commas', list(proxy)),
  databaseUrl: secret('DATABASE_URL', '', 'the primary; unset: an embedded PostgreSQL pair', optional(postgresUrl)),
  reportingDatabaseUrls: secret('REPORTING_DATABASE_URLS', '', 'streaming replicas, separated by commas', list(postgresUrl)),
  redisUrl: secret('REDIS_URL', '', 'Redis for rate limits and fan-out between instances; unset: in process',
    optional(text.regex(/^rediss?:\/\//, 'must look like redis://host:port'))),
  dataDirectory: parameter('SANHU_DATA_DIRECTORY', '', 'where the embedded pair lives; unset: .sanhu, or /var/lib/sanhu as root', optional(text)),
  embeddedPort: parameter('SANHU_EMBEDDED_PORT', '54330', 'preferred port of the embedded primary; the standby takes the next', whole(1_024, 65_534)),
  corePoolSize: parameter('SANHU_CORE_POOL_SIZE', '20', 'connections of a core process to the primary', whole(1, 500)),
  corePoolWaitMs: parameter('SANHU_CORE_POOL_WAIT_MS', '2000', 'how long a request may wait for a core connection', whole(1, 60_000)),
  coreRequestsAtOnce: parameter('SANHU_CORE_REQUESTS_AT_ONCE', '80',
    'GraphQL requests of staff that a core process has under way, and a quarter as many of partners; more wait in order', whole(1, 10_000)),
  coreRequestWaitMs: parameter('SANHU_CORE_REQUEST_WAIT_MS', '5000', 'how long a request may wait to get under way', whole(1, 60_000)),
  coreStatementTimeoutMs: parameter('SANHU_CORE_STATEMENT_TIMEOUT_MS', '7000',
    'time limit of one core statement, its waiting for locks included', whole(1, 600_000)),
  lockTimeoutMs: parameter('SANHU_LOCK_TIMEOUT_MS', '5000', 'how long a statement may wait for a lock; less than the statement may take', whole(1, 60_000)),
  reportingPoolSize: parameter('SANHU_REPORTING_POOL_SIZE', '4', 'connections of a reporting process to each replica', whole(1, 200)),
  reportingPoolWaitMs: parameter('SANHU_REPORTING_POOL_WAIT_MS', '10000', 'how long a report may wait for a connection', whole(1, 600_000)),
  reportingStatementTimeoutMs: parameter('SANHU_REPORTING_STATEMENT_TIMEOUT_MS', '60000', 'time limit of one reporting statement', whole(1, 3_600_000)),
  reportingLagLimitMs: parameter('SANHU_REPORTING_LAG_LIMIT_MS', '10000', 'a replica further behind than this does not answer', whole(0, 86_400_000)),
  readAfterWaitMs: parameter('SANHU_READ_AFTER_WAIT_MS', '2000', 'how long reporting waits for the position in X-Sanhu-Read-After', whole(0, 60_000)),
  requestDeadlineMs: parameter('SANHU_REQUEST_DEADLINE_MS', '10000', 'after this a request is answered and its SQL cancelled', whole(10, 600_000)),
  reportingDeadlineMs: parameter('SANHU_REPORTING_DEADLINE_MS', '60000', 'the same for a reporting request', whole(10, 3_600_000)),
  bodyLimitBytes: parameter('SANHU_BODY_LIMIT_BYTES', '262144', 'largest request body', whole(1_024, 10_485_760)),
  uploadDirectory: parameter('SANHU_UPLOAD_DIRECTORY', '',
    'where uploaded files lie, the same for core and worker; unset: uploads in the data directory', optional(text)),
  uploadLimitBytes: parameter('SANHU_UPLOAD_LIMIT_BYTES', '1073741824', 'largest file taken by the import', whole(1_024, 1_099_511_627_776)),
  uploadTotalBytes: parameter('SANHU_UPLOAD_TOTAL_BYTES', '10737418240', 'room for uploaded files, all together', whole(1_024, 1_125_899_906_842_624)),
  signingKey: secret('SANHU_SIGNING_KEY', '',
    'secret of at least 32 characters that signs access tokens, the same on every instance; unset: kept in the data directory of the embedded pair',
    optional(text.min(32, 'must have at least 32 characters'))),
  accessTokenSeconds: parameter('SANHU_ACCESS_TOKEN_SECONDS', '600', 'life of an access token', whole(30, 3_600)),
  refreshTokenSeconds: parameter('SANHU_REFRESH_TOKEN_SECONDS', '43200', 'life of a log-in', whole(60, 2_592_000)),
  logInAttempts: parameter('SANHU_LOG_IN_ATTEMPTS', '5', 'wrong passwords before a log-in name is locked', whole(1, 100)),
  lockOutSeconds: parameter('SANHU_LOCK_OUT_SECONDS', '900', 'how long it stays locked', whole(1, 86_400)),
  oidcIssuer: parameter('SANHU_OIDC_ISSUER', '', 'outside issuer whose tokens staff may log in with', optional(z.url())),
  oidcAudience: parameter('SANHU_OIDC_AUDIENCE', '', 'audience that such a token must carry', optional(text)),
  oidcJwksUrl: parameter('SANHU_OIDC_JWKS_URL', '', 'where the issuer publishes its keys', optional(z.url())),
  queryDepthMax: parameter('SANHU_QUERY_DEPTH_MAX', '12', 'deepest selection', whole(3, 50)),
  queryAliasesMax: parameter('SANHU_QUERY_ALIASES_MAX', '30', 'aliases in one document', whole(0, 1_000)),
  queryTokensMax: parameter('SANHU_QUERY_TOKENS_MAX', '2000', 'tokens in one document', whole(100, 100_000)),
  queryCostMax: parameter('SANHU_QUERY_COST_MAX', '2000', 'requested cost of one request', whole(10, 1_000_000)),
  workerConcurrency: parameter('SANHU_WORKER_CONCURRENCY', '4',
    'how many workflows a worker runs at once; each may hold a connection', whole(1, 64)),
  idempotencyDays: parameter('SANHU_IDEMPOTENCY_DAYS', '7', 'how long the result of a call is kept for its repetition', whole(7, 3_650)),
  sessionDays: parameter('SANHU_SESSION_DAYS', '30', 'how long an ended log-in is kept', whole(1, 3_650)),
  workflowDays: parameter('SANHU_WORKFLOW_DAYS', '30', 'how long an ended workflow is kept', whole(1, 3_650)),
  auditMonths: parameter('SANHU_AUDIT_MONTHS', '84', 'months of the audit trail before the current one; older ones are detached', whole(12, 1_200)),
  outboxMonths: parameter('SANHU_OUTBOX_MONTHS', '3', 'months of events before the current one; older ones are detached', whole(1, 1_200)),
  logLevel: parameter('SANHU_LOG_LEVEL', 'info', 'fatal, error, warn, info, debug, trace or silent',
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])),
  provisioningCredentials: secret('SANHU_PROVISIONING_CREDENTIALS', '{}',
    'bearer tokens of network elements, as JSON: {"code of the adapter": "token"}', tokensByCode),
  fulfilmentPatienceMinutes: parameter('SANHU_FULFILMENT_PATIENCE_MINUTES', '30',
    'after so long without knowing what a network element did an order is held, and a work order asks a person', whole(1, 10_080)),
  otlpEndpoint: parameter('OTEL_EXPORTER_OTLP_ENDPOINT', '', 'OpenTelemetry collector; unset: no traces leave', optional(z.url())),
} as const; // prettier-ignore

export type Configuration = {
  readonly [Name in keyof typeof PARAMETERS]: (typeof PARAMETERS)[Name] extends Parameter<infer Value> ? Value : never;
};
