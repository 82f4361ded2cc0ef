import type { ReportContext } from '../../context';
import { selectPartyTrend, type TrendQuestion, type TrendSeries } from '../../../data/operation/report/select-party-trend';
import { TREND_FIGURES_MAX, checkDepth, checkRows, checkSpan } from './model/report-bounds';
import { readReport, type Report } from './read-report';

/**
 * How many subscribers there were at the end of each day or month 用户趋势, as it is known now or as it was known at an
 * instant: read from the whole history of their status, since no summary knows what was known when.
 */
export async function partyTrend(context: ReportContext, question: TrendQuestion): Promise<Report<TrendSeries>> {
  checkDepth(question.depth);
  const max = Math.floor(TREND_FIGURES_MAX / checkSpan(question));
  return readReport(context, question.organisationId, async (replica) =>
    checkRows(await selectPartyTrend(replica, question, max + 1), max),
  );
}
