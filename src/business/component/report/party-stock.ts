import type { ReportContext } from '../../context';
import { selectPartyStock, type StockFigure, type StockQuestion } from '../../../data/operation/report/select-party-stock';
import { ROWS_MAX, checkDepth, checkRows } from './model/report-bounds';
import { readReport, type Report } from './read-report';

/** How many parties there are 三户在网统计: by organisation node, party, service type and status. */
export async function partyStock(context: ReportContext, question: StockQuestion): Promise<Report<StockFigure>> {
  checkDepth(question.depth);
  return readReport(context, question.organisationId, async (replica) =>
    checkRows(await selectPartyStock(replica, question, ROWS_MAX + 1), ROWS_MAX),
  );
}
