import type { SqlRunner } from '../../connection/run-statement';
import { sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';

/** A number of the stock that says otherwise than the subscribers do who has it. */
export interface StockDifference {
  readonly number: string;
  readonly state: string;
  /** Whose it is by the stock. */
  readonly stockSubscriberId: string | null;
  /** Whose it is, or is going to be, by what the subscribers are reached by. */
  readonly subscriberId: string | null;
}

/**
 * Compares the stock with the identifiers that hold now or at a later time, in one snapshot, and tells at most `max` differences. It is
 * for the audit of the whole operator: no scope is asked.
 */
export function selectStockDifferences(
  { sql: runner, now }: { readonly sql: SqlRunner; readonly now: Instant },
  max: number,
): Promise<StockDifference[]> {
  return runner.query<StockDifference>(sql`
    SELECT n.value AS number, n.state, n.subscriber_id AS "stockSubscriberId", held.subscriber_id AS "subscriberId"
    FROM access_number n
    LEFT JOIN (
      SELECT DISTINCT ON (f.value) f.value, f.subscriber_id FROM subscriber_identifier f
      WHERE f.kind = 'NUMBER' AND upper_inf(f.recorded) AND f.valid && tstzrange(${now}, NULL)
      ORDER BY f.value, lower(f.valid)) AS held ON held.value = n.value
    WHERE n.subscriber_id IS DISTINCT FROM held.subscriber_id
    ORDER BY n.value LIMIT ${max}`);
}
