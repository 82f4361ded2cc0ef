import { Temporal } from 'temporal-polyfill';
import type { LocalDate } from '../../../kernel/calendar';
import { join, raw, sql, type Sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import { MOVEMENTS, MOVEMENT_FIGURES, type Movement } from './party-figures';
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

export interface MovementQuestion extends ReportPlace, ReportSpan {
  /** Code of one service type; null: of all. */
  readonly serviceType: string | null;
  readonly byServiceType: boolean;
}

/** How many subscribers of a node (and below it) were opened, stopped, resumed and closed in a period. */
export interface MovementFigure {
  /** The first day of the period. */
  readonly period: LocalDate;
  readonly node: ReportNode;
  /** Null when service types are not told apart. */
  readonly serviceType: string | null;
  readonly opened: number;
  readonly stopped: number;
  readonly resumed: number;
  readonly closed: number;
}

interface MovementRow extends ReportNodeRow {
  readonly period: string;
  readonly service_type: string | null;
  readonly opened: string;
  readonly stopped: string;
  readonly resumed: string;
  readonly closed: string;
}

/** The movement by node, period and service type, at most `max` rows; what had no movement has no row. */
export async function selectPartyMovement(context: ScopedRead, question: MovementQuestion, max: number): Promise<MovementFigure[]> {
  const { from, to, by, serviceType, byServiceType } = question;
  const rows = await context.sql.query<MovementRow>(sql`
    SELECT ${REPORT_NODE_COLUMNS}, date_trunc(${fieldOf(by)}, f.day::timestamp)::date::text AS period,
           CASE WHEN ${byServiceType}::boolean THEN f.service_type END AS service_type,
           ${counted('OPENED')}::text AS opened, ${counted('STOPPED')}::text AS stopped,
           ${counted('RESUMED')}::text AS resumed, ${counted('CLOSED')}::text AS closed
    FROM ${reportNodes(context.scope, question)} within
    JOIN ${MOVEMENT_FIGURES} f ON f.organisation_id = within.organisation_id
    JOIN organisation n ON n.id = within.node_id
    WHERE ${lineVisibleTo(context.scope, 'f')}
      AND f.day >= ${from.toString()}::date AND f.day < ${to.toString()}::date
      AND (${serviceType}::text IS NULL OR f.service_type = ${serviceType}::text)
    GROUP BY n.id, 5, 6 HAVING ${join(
      MOVEMENTS.map((movement) => sql`${counted(movement)} <> 0`),
      ' OR ',
    )}
    ORDER BY 5, n.code, 6 LIMIT ${max}`);
  return rows.map((row) => ({
    period: Temporal.PlainDate.from(row.period),
    node: toReportNode(row),
    serviceType: row.service_type,
    opened: Number(row.opened),
    stopped: Number(row.stopped),
    resumed: Number(row.resumed),
    closed: Number(row.closed),
  }));
}

function counted(movement: Movement): Sql {
  return raw(`coalesce(sum(f.subscribers) FILTER (WHERE f.movement = '${movement}'), 0)`);
}
