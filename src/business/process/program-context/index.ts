import type { Clock } from '../../../kernel/clock';
import { systemScope } from '../../../kernel/scope';
import type { Actor, CallContext, CoreDatabase } from '../../context';

/** A call of the program's own: with the rights of the system, in the name of whoever it acts for. */
export function programContext(database: CoreDatabase, clock: Clock, actor: Actor, traceId: string): CallContext {
  return {
    sql: database.reader(),
    scope: systemScope,
    now: clock.now(),
    database,
    clock,
    actor,
    language: 'zh',
    traceId,
    tally: { statements: 0 },
    signal: undefined,
    onCommitted: () => undefined,
  };
}
