import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../../../kernel/clock';
import type { LocalDate } from '../../../kernel/calendar';
import { raw, sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import { SUMMARY_TIME_ZONE } from './party-figures';
import { fieldOf, type ReportSpan } from './report-period';
import {
  REPORT_NODE_COLUMNS,
  lineVisibleTo,
  reportNodes,
  toReportNode,
  type ReportNode,
  type ReportNodeRow,
  type ReportPlace,
} from './report-scope';

export interface TrendQuestion extends ReportPlace, ReportSpan {
  readonly serviceType: string | null;
  readonly byServiceType: boolean;
  /** Subscribers in these are counted. */
  readonly statuses: readonly string[];
  readonly byStatus: boolean;
  /** As it was known at this instant; null: as it is known now. */
  readonly knownAt: Instant | null;
}

/** The subscribers of a node (and below it) at the end of each period. */
export interface TrendSeries {
  readonly node: ReportNode;
  readonly serviceType: string | null;
  readonly status: string | null;
  /** The first day of each period, without gaps. */
  readonly periods: readonly LocalDate[];
  readonly subscribers: readonly number[];
}

interface TrendRow extends ReportNodeRow {
  readonly service_type: string | null;
  readonly status: string | null;
  readonly periods: string[];
  readonly subscribers: number[];
}

/**
 * The subscribers at the end of each day or month, out of the whole history of their status, at most `max` series; a period
 * that is not over stands as it is `now`. Each subscriber counts at the node and in the service type that it has today: of
 * these no history is kept.
 *
 * Every status fact is read once, becomes a step up in the period in which it begins and a step down in that in which it ends,
 * and a running sum makes the stock of the steps. To look for what held at the end of each period instead would read the
 * facts once for each period. The limits of the periods are made instants once: to find an instant among them takes 0.13 µs,
 * to make it a date of the operator's time zone 0.43 µs.
 */
export async function selectPartyTrend(context: ScopedRead, question: TrendQuestion, max: number): Promise<TrendSeries[]> {
  const { from, to, by, serviceType, byServiceType, statuses, byStatus, knownAt } = question;
  const field = fieldOf(by);
  // What was known then knew nothing of the time after.
  const until = knownAt !== null && Temporal.Instant.compare(knownAt, context.now) < 0 ? knownAt : context.now;
  const rows = await context.sql.query<TrendRow>(sql`
    WITH zone AS MATERIALIZED (
      SELECT ${SUMMARY_TIME_ZONE} AS name, ${until}::timestamptz AS until, ('1 ' || ${field}::text)::interval AS unit
    ),
    span AS MATERIALIZED (
      SELECT array_agg(period AT TIME ZONE name ORDER BY period) AS starts, array_agg(period::date ORDER BY period) AS periods,
             least(max(period + unit) AT TIME ZONE name, until + interval '1 microsecond') AS ends
      FROM zone CROSS JOIN generate_series(
        date_trunc(${field}, ${from.toString()}::timestamp),
        least(${to.toString()}::timestamp - interval '1 day', until AT TIME ZONE name), unit) AS period
      GROUP BY name, until
    ),
    held AS (
      SELECT within.node_id, CASE WHEN ${byServiceType}::boolean THEN s.service_type END AS service_type,
             CASE WHEN ${byStatus}::boolean THEN f.status END AS status,
             greatest(width_bucket(lower(f.valid), span.starts), 1) AS first,
             CASE WHEN upper(f.valid) < span.ends THEN greatest(width_bucket(upper(f.valid), span.starts), 1) END AS until,
             count(*) AS subscribers
      FROM span CROSS JOIN subscriber_status f
      JOIN subscriber s ON s.id = f.subscriber_id
      JOIN ${reportNodes(context.scope, question)} within ON within.organisation_id = s.organisation_id
      WHERE ${lineVisibleTo(context.scope, 's')}
        AND ${knownAt === null ? raw('upper_inf(f.recorded)') : sql`f.recorded @> ${knownAt}::timestamptz`}
        AND lower(f.valid) < span.ends AND f.status = ANY (${statuses}::text[])
        AND (${serviceType}::text IS NULL OR s.service_type = ${serviceType}::text)
      GROUP BY 1, 2, 3, 4, 5
    ),
    step AS (
      SELECT node_id, service_type, status, held.first AS period, subscribers AS change FROM held
      UNION ALL
      SELECT node_id, service_type, status, held.until, -subscribers FROM held WHERE held.until IS NOT NULL
    ),
    dense AS (
      SELECT * FROM step
      UNION ALL
      SELECT series.*, period, 0
      FROM (SELECT DISTINCT node_id, service_type, status FROM step) series
      CROSS JOIN span CROSS JOIN generate_series(1, cardinality(span.starts)) AS period
    ),
    stock AS (
      SELECT node_id, service_type, status, period,
             sum(sum(change)) OVER (PARTITION BY node_id, service_type, status ORDER BY period) AS subscribers
      FROM dense GROUP BY node_id, service_type, status, period
    )
    SELECT ${REPORT_NODE_COLUMNS}, stock.service_type, stock.status,
           (SELECT span.periods::text[] FROM span) AS periods,
           array_agg(stock.subscribers::integer ORDER BY stock.period) AS subscribers
    FROM stock JOIN organisation n ON n.id = stock.node_id
    GROUP BY n.id, stock.service_type, stock.status HAVING max(stock.subscribers) > 0
    ORDER BY n.code, stock.service_type, stock.status LIMIT ${max}`);
  return rows.map((row) => ({
    node: toReportNode(row),
    serviceType: row.service_type,
    status: row.status,
    periods: row.periods.map((period) => Temporal.PlainDate.from(period)),
    subscribers: row.subscribers,
  }));
}
