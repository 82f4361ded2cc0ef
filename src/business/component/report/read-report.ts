import type { ReportContext } from '../../context';
import type { ScopedRead } from '../../../data/operation/read-context';
import { REPORT_PERMISSION, selectReportBase } from '../../../data/operation/report/report-scope';
import type { Instant } from '../../../kernel/clock';
import { Failure } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import { badInput } from './model/report-bounds';

/** How fresh a report is: it holds at least everything that was committed before `asOf`. */
export interface Freshness {
  readonly asOf: Instant;
  readonly lagMs: number;
  /** Host and port of the replica that answered. */
  readonly replica: string;
}

export interface Report<Row> {
  readonly rows: readonly Row[];
  readonly freshness: Freshness;
}

/**
 * Reads one report on a replica.
 * @throws Failure FORBIDDEN, BAD_USER_INPUT, DEPENDENCY_UNAVAILABLE, REPLICA_BEHIND, DEADLINE_EXCEEDED
 */
export async function readReport<Row>(
  context: ReportContext,
  organisationId: Id<'organisation'> | null,
  read: (replica: ScopedRead) => Promise<readonly Row[]>,
): Promise<Report<Row>> {
  const { scope, now } = context;
  if (!scope.permits(REPORT_PERMISSION)) {
    throw new Failure('FORBIDDEN', `This needs the permission ${REPORT_PERMISSION}.`, { permission: REPORT_PERMISSION });
  }
  const { runner, asOf, lagMs, replica } = await context.replica();
  const reading: ScopedRead = { sql: runner, scope, now };
  const rows = await read(reading);
  // A node without figures is one thing, a node that the caller may not see another.
  if (rows.length === 0 && organisationId !== null && (await selectReportBase(reading, organisationId)).length === 0) {
    throw badInput('There is no such organisation node, or it lies outside your scope.', 'organisationId');
  }
  return { rows, freshness: { asOf, lagMs, replica } };
}
