import type { SqlRunner } from '../../connection/run-statement';
import { sql } from '../../connection/sql';
import { MOVEMENT_FIGURES, STOCK_FIGURES } from './party-figures';

/** Where the summary, with its deltas, differs from a count. */
export interface SummaryDifference {
  readonly figure: 'STOCK' | 'MOVEMENT';
  readonly organisationId: string;
  readonly serviceType: string | null;
  /** Of the stock: party and status; of the movement: movement and day. */
  readonly key: string;
  readonly summary: bigint;
  readonly counted: bigint;
}

interface DifferenceRow {
  readonly organisation_id: string;
  readonly service_type: string | null;
  readonly key: string;
  readonly summary: string;
  readonly counted: string;
}

/** Counts the stock again, in one snapshot, and tells at most `max` differences. */
export async function selectStockDifferences(runner: SqlRunner, max: number): Promise<SummaryDifference[]> {
  const rows = await runner.query<DifferenceRow>(sql`
    SELECT organisation_id, service_type, party || ' ' || status AS key, sum(summary)::text AS summary, sum(counted)::text AS counted
    FROM (SELECT organisation_id, service_type, party, status, parties AS summary, 0 AS counted FROM ${STOCK_FIGURES} f
          UNION ALL SELECT organisation_id, service_type, party, status, 0, parties FROM party_stock_counted) AS both_ways
    GROUP BY organisation_id, service_type, party, status HAVING sum(summary) <> sum(counted)
    ORDER BY organisation_id, service_type, party, status LIMIT ${max}`);
  return rows.map((row) => toDifference('STOCK', row));
}

/** As {@link selectStockDifferences}, of the movement. */
export async function selectMovementDifferences(runner: SqlRunner, max: number): Promise<SummaryDifference[]> {
  const rows = await runner.query<DifferenceRow>(sql`
    SELECT organisation_id, service_type, movement || ' ' || day AS key, sum(summary)::text AS summary, sum(counted)::text AS counted
    FROM (SELECT organisation_id, service_type, movement, day, subscribers AS summary, 0 AS counted FROM ${MOVEMENT_FIGURES} f
          UNION ALL
          SELECT m.organisation_id, m.service_type, m.movement, (m.at AT TIME ZONE st.time_zone)::date, 0, 1
          FROM subscriber_movement m CROSS JOIN party_summary_state st) AS both_ways
    GROUP BY organisation_id, service_type, movement, day HAVING sum(summary) <> sum(counted)
    ORDER BY organisation_id, service_type, movement, day LIMIT ${max}`);
  return rows.map((row) => toDifference('MOVEMENT', row));
}

function toDifference(figure: SummaryDifference['figure'], row: DifferenceRow): SummaryDifference {
  const { organisation_id: organisationId, service_type: serviceType, key } = row;
  return { figure, organisationId, serviceType, key, summary: BigInt(row.summary), counted: BigInt(row.counted) };
}
