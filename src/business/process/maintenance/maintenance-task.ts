import type { Transaction } from '../../../data/connection/core-database';
import type { Instant } from '../../../kernel/clock';

/** One batch of a task. */
export interface MaintenanceBatch {
  /** How many rows it dealt with, for the metrics. */
  readonly rows: number;
  /** Whether the same again is called for at once. */
  readonly more: boolean;
}

/**
 * Something that the operator's database needs from time to time (例行维护). It is done by one process at a time, may stop
 * after any batch, and may be done again: what it finds to do is in the data, not in its memory.
 */
export interface MaintenanceTask {
  /** Stored with when it last ran: it never changes. */
  readonly name: string;
  readonly everyMs: number;
  /** Does one batch: what fits well into a second, and has a bound. */
  run(transaction: Transaction, now: Instant): Promise<MaintenanceBatch>;
}
