import { sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import { STOCK_FIGURES, type Party } from './party-figures';
import {
  REPORT_NODE_COLUMNS,
  lineVisibleTo,
  reportNodes,
  toReportNode,
  type ReportNode,
  type ReportNodeRow,
  type ReportPlace,
} from './report-scope';

export interface StockQuestion extends ReportPlace {
  /** Null: of all three. */
  readonly party: Party | null;
  /** Code of one service type; then only subscribers are counted. */
  readonly serviceType: string | null;
  readonly byServiceType: boolean;
}

/** How many parties are at a node (or below it) in a status. */
export interface StockFigure {
  readonly node: ReportNode;
  readonly party: Party;
  /** Null for customers and accounts, and when service types are not told apart. */
  readonly serviceType: string | null;
  readonly status: string;
  readonly parties: number;
}

interface StockRow extends ReportNodeRow {
  readonly party: Party;
  readonly service_type: string | null;
  readonly status: string;
  readonly parties: string;
}

/** The stock 在网 by node, party, service type and status, at most `max` rows: now, as the snapshot of the replica has it. */
export async function selectPartyStock(context: ScopedRead, question: StockQuestion, max: number): Promise<StockFigure[]> {
  const { party, serviceType, byServiceType } = question;
  const rows = await context.sql.query<StockRow>(sql`
    SELECT ${REPORT_NODE_COLUMNS}, f.party, CASE WHEN ${byServiceType}::boolean THEN f.service_type END AS service_type, f.status,
           sum(f.parties)::text AS parties
    FROM ${reportNodes(context.scope, question)} within
    JOIN ${STOCK_FIGURES} f ON f.organisation_id = within.organisation_id
    JOIN organisation n ON n.id = within.node_id
    WHERE ${lineVisibleTo(context.scope, 'f')}
      AND (${party}::text IS NULL OR f.party = ${party}::text)
      AND (${serviceType}::text IS NULL OR f.service_type = ${serviceType}::text)
    GROUP BY n.id, f.party, 6, f.status HAVING sum(f.parties) <> 0
    ORDER BY n.code, f.party, 6, f.status LIMIT ${max}`);
  return rows.map((row) => ({
    node: toReportNode(row),
    party: row.party,
    serviceType: row.service_type,
    status: row.status,
    parties: Number(row.parties),
  }));
}
