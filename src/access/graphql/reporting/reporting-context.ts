import type { Principal } from '../../../business/component/staff';
import type { ReplicaReader, ReportContext, ReportingDatabase } from '../../../business/context';
import type { Clock } from '../../../kernel/clock';
import { Failure } from '../../../kernel/failure';
import { openAccount, type IncomingRequest, type AccountedRequest } from '../server/incoming-request';

/** What every resolver of the reporting contract receives: no core, no actor, nothing to write with. */
export interface ReportingContext extends ReportContext, AccountedRequest {
  readonly principal: Principal;
  readonly traceId: string;
}

/** The position in PostgreSQL's write-ahead log that a mutation answers in `extensions.readAfter`. */
const POSITION = /^[0-9A-F]{1,8}\/[0-9A-F]{1,8}$/;

/**
 * A reporting request's context. Its first report chooses a replica for all of them, and waits for it to have replayed the
 * position in `X-Sanhu-Read-After`; a request that asks for no report waits for none.
 * @throws Failure BAD_USER_INPUT when the header is not a position
 */
export function makeReportingContext(database: ReportingDatabase, clock: Clock, request: IncomingRequest): ReportingContext {
  const { principal, traceId, signal } = request;
  const tally = { statements: 0 };
  const after = readAfterOf(request.headers['x-sanhu-read-after']);
  let replica: Promise<ReplicaReader> | undefined;
  return {
    scope: principal.scope,
    now: clock.now(),
    replica: () => (replica ??= database.reader({ signal, tally }, after)),
    principal,
    traceId,
    tally,
    account: openAccount(),
  };
}

function readAfterOf(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  if (typeof header === 'string' && POSITION.test(header)) return header;
  throw new Failure('BAD_USER_INPUT', 'X-Sanhu-Read-After must be the value of extensions.readAfter, such as 0/3000148.');
}
