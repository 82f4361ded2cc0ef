import type { CoreDatabase } from '../../../business/context';
import type { Clock } from '../../../kernel/clock';
import { languageOf } from '../../http/accept-language';
import { openAccount, type IncomingRequest } from './incoming-request';
import type { Credentials, GraphContext, ImportServices } from './context';

/** What the contexts of all requests share. */
export interface ContextServices {
  readonly database: CoreDatabase;
  readonly clock: Clock;
  readonly credentials: Credentials;
  /** Absent where the process takes no imports. */
  readonly imports?: ImportServices | undefined;
}

/** A core request's context: reads go to the primary, bound by the request's deadline. */
export function makeGraphContext({ database, clock, credentials, imports }: ContextServices, request: IncomingRequest): GraphContext {
  const { principal, traceId, signal, address, onStatement } = request;
  const tally = { statements: 0, onStatement };
  const account = openAccount();
  return {
    database,
    clock,
    sql: database.reader({ signal, tally }),
    scope: principal.scope,
    now: clock.now(),
    actor: { kind: principal.kind, id: principal.actorId, clientId: principal.actorId, address },
    language: languageOf(request.headers['accept-language']),
    traceId,
    tally,
    signal,
    principal,
    credentials,
    imports,
    loaders: new Map(),
    account,
    onCommitted: (position) => {
      account.readAfter = position;
    },
  };
}
