import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';

/** How long a rebuild may take: minutes for tens of millions of subscribers. */
const REBUILD_WITHIN_MS = 3_600_000;

/**
 * Counts everything again from the parties and their status facts; the caller holds the summary. Parties change and reports
 * are answered meanwhile: each of the two statements sees one snapshot, in which it takes away the summary and the deltas and
 * puts the count in the deltas' place. What commits later leaves deltas that it has not seen, and that come on top.
 */
export async function recountSummary(transaction: Transaction, timeZone: string, now: Instant): Promise<void> {
  await transaction.query(sql`SELECT set_config('statement_timeout', ${String(REBUILD_WITHIN_MS)}, true)`);
  await transaction.query(sql`
    WITH old_summary AS (DELETE FROM party_stock), old_deltas AS (DELETE FROM party_stock_delta)
    INSERT INTO party_stock_delta (organisation_id, party, service_type, status, change)
    SELECT organisation_id, party, service_type, status, parties FROM party_stock_counted`);
  // By day: the deltas of one day are one, at its first instant, which is of that day in the new time zone.
  const changed = await transaction.query<{ changed: boolean }>(sql`
    WITH old_summary AS (DELETE FROM party_movement), old_deltas AS (DELETE FROM party_movement_delta),
    state AS (UPDATE party_summary_state SET time_zone = ${timeZone}, rebuilt_at = ${now} RETURNING true AS changed),
    counted AS (
      INSERT INTO party_movement_delta (organisation_id, service_type, movement, at, change)
      SELECT m.organisation_id, m.service_type, m.movement, min(m.at), count(*)
      FROM subscriber_movement m
      GROUP BY m.organisation_id, m.service_type, m.movement, (m.at AT TIME ZONE ${timeZone})::date
    )
    SELECT changed FROM state`);
  invariant(changed.length === 1, 'the party summary has one state');
}

/** How many status facts there are, roughly, without counting: as the last ANALYZE saw them. */
export async function estimateStatusFacts(transaction: Transaction): Promise<number> {
  const [row] = await transaction.query<{ facts: string }>(
    sql`SELECT reltuples::bigint::text AS facts FROM pg_class WHERE oid = 'subscriber_status'::regclass`,
  );
  return Number(row?.facts ?? 0);
}
