import type { ReportContext } from '../../context';
import { selectPartyMovement, type MovementFigure, type MovementQuestion } from '../../../data/operation/report/select-party-movement';
import { ROWS_MAX, checkDepth, checkRows, checkSpan } from './model/report-bounds';
import { readReport, type Report } from './read-report';

/** How many subscribers were opened, stopped, resumed and closed 用户变动统计, by day or month of the operator's time zone. */
export async function partyMovement(context: ReportContext, question: MovementQuestion): Promise<Report<MovementFigure>> {
  checkDepth(question.depth);
  checkSpan(question);
  return readReport(context, question.organisationId, async (replica) =>
    checkRows(await selectPartyMovement(replica, question, ROWS_MAX + 1), ROWS_MAX),
  );
}
