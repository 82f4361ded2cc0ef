import { sql, type Sql } from '../../connection/sql';

/*
 * A figure is the summary with the deltas that are not yet folded into it, read in one statement and so in one snapshot.
 * Both are one relation here: a key may come several times, and its figure is the sum.
 */

/** The stock: columns organisation_id, party, service_type (null of customers and accounts), status, parties. */
export const STOCK_FIGURES: Sql = sql`(
  SELECT organisation_id, party, service_type, status, parties FROM party_stock
  UNION ALL
  SELECT organisation_id, party, service_type, status, change FROM party_stock_delta)`;

/** The time zone of the days of movement. */
export const SUMMARY_TIME_ZONE: Sql = sql`(SELECT st.time_zone FROM party_summary_state st)`;

/** The movement: columns organisation_id, service_type, day, movement, subscribers. */
export const MOVEMENT_FIGURES: Sql = sql`(
  SELECT organisation_id, service_type, day, movement, subscribers FROM party_movement
  UNION ALL
  SELECT organisation_id, service_type, (at AT TIME ZONE ${SUMMARY_TIME_ZONE})::date, movement, change FROM party_movement_delta)`;

export const PARTIES = ['CUSTOMER', 'ACCOUNT', 'SUBSCRIBER'] as const;
export type Party = (typeof PARTIES)[number];

/** Opened 新增, stopped 停机, resumed 复机, closed 销户. */
export const MOVEMENTS = ['OPENED', 'STOPPED', 'RESUMED', 'CLOSED'] as const;
export type Movement = (typeof MOVEMENTS)[number];
