import type { CoreDatabase } from '../../../business/context';
import type { Clock } from '../../../kernel/clock';
import { languageOf } from '../../http/accept-language';
import type { IncomingRequest } from '../../http/graphql-route';
import type { GraphContext } from './context';

/** A core request's context: reads go to the primary, bound by the request's deadline. */
export function makeGraphContext(database: CoreDatabase, clock: Clock, request: IncomingRequest): GraphContext {
  const { principal, traceId, signal, address } = request;
  const tally = { statements: 0 };
  const context: GraphContext = {
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
    loaders: new Map(),
    readAfter: null,
    actualCost: 0,
    outcome: 'ok',
    operationName: null,
    onCommitted: (position) => {
      context.readAfter = position;
    },
  };
  return context;
}
