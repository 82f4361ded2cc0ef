import { Temporal } from 'temporal-polyfill';
import type { CallContext } from '../../src/business/context';
import type { CoreDatabase } from '../../src/data/connection/core-database';
import type { Clock, Instant } from '../../src/kernel/clock';
import { systemScope, type Scope } from '../../src/kernel/scope';

/** A clock that a test sets. It starts on a working morning and moves only when it is told to. */
export class TestClock implements Clock {
  public constructor(private instant: Instant = Temporal.Instant.from('2026-11-23T01:00:00Z')) {}

  public now(): Instant {
    return this.instant;
  }

  public set(text: string): Instant {
    this.instant = Temporal.Instant.from(text);
    return this.instant;
  }

  public advance(duration: Temporal.DurationLike): Instant {
    this.instant = this.instant.add(duration);
    return this.instant;
  }
}

export interface ContextOptions {
  readonly clock?: Clock;
  readonly scope?: Scope;
  readonly clientId?: string;
  readonly signal?: AbortSignal;
}

/** A call on the core as anyone whom a test wants to be; the system, when it does not say. Reads see the clock's time. */
export function systemContext(core: CoreDatabase, options: ContextOptions = {}): CallContext {
  const { clock = new TestClock(), scope = systemScope, clientId = 'test', signal } = options;
  const tally = { statements: 0 };
  return {
    database: core,
    sql: core.reader({ tally, signal }),
    scope,
    clock,
    get now() {
      return clock.now();
    },
    actor: { kind: 'SYSTEM', id: 'test', clientId, address: null },
    language: 'zh',
    traceId: 'test',
    tally,
    signal,
    onCommitted: () => undefined,
  };
}
