import type { SqlRunner } from '../connection/run-statement';
import type { Instant } from '../../kernel/clock';
import type { Scope } from '../../kernel/scope';

/** What every read of a scoped table takes first. */
export interface ScopedRead {
  readonly sql: SqlRunner;
  readonly scope: Scope;
  readonly now: Instant;
}
