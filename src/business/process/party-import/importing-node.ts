import type { Unit } from '../../context';
import { EVERY_LINE, managingNode } from '../../component/organisation';
import type { Id } from '../../../kernel/id';
import type { Refusal } from '../../../kernel/result';
import { refuseImport, type ImportRefusal } from './refusals';

/**
 * Checks that something may be imported at a node: the caller's `import:run` must hold there for every line of business 全部业务线,
 * because the rows decide which lines there are, and are not known before they are read.
 * @returns undefined when it may; ORGANISATION_NOT_FOUND, ORGANISATION_CLOSED, or OUTSIDE_SCOPE for a grant of some lines only
 */
export async function importingNode(
  unit: Unit,
  organisationId: Id<'organisation'>,
): Promise<{ ok: false; refusals: readonly Refusal<ImportRefusal>[] } | undefined> {
  const refused = await managingNode(unit, organisationId, 'import:run', refuseImport);
  if (refused !== undefined || unit.scope.system) return refused;
  const narrow = await managingNode(unit, organisationId, 'import:run', refuseImport, EVERY_LINE);
  return narrow === undefined ? undefined : refuseImport('OUTSIDE_SCOPE', 'organisationId');
}

/** The same for a job that is named by its id: one that the caller may not see is not told from one that is not there. */
export async function importingNodeOfJob(
  unit: Unit,
  organisationId: Id<'organisation'>,
): Promise<{ ok: false; refusals: readonly Refusal<ImportRefusal>[] } | undefined> {
  const refused = await importingNode(unit, organisationId);
  if (refused === undefined) return undefined;
  return refused.refusals[0]?.code === 'OUTSIDE_SCOPE'
    ? refuseImport('OUTSIDE_SCOPE', 'importJobId')
    : refuseImport('NOT_FOUND', 'importJobId');
}
