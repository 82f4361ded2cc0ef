import type { Unit } from '../../context';
import type { Id } from '../../../kernel/id';
import { ok, type Result } from '../../../kernel/result';
import { EVERY_LINE, managingNode, selectRootId } from '../organisation';
import { refuseNumber, type NumberRefusal } from './model/refusals';

/**
 * Classes are the whole operator's: whoever makes or changes one needs number:write at the root, for every line of business.
 * @returns the root, where the trail of a class lies
 */
export async function whereClassesStand(unit: Unit): Promise<Result<Id<'organisation'>, NumberRefusal>> {
  const rootId = await selectRootId(unit);
  if (rootId === undefined) return refuseNumber('OUTSIDE_SCOPE');
  const outside = await managingNode(unit, rootId, 'number:write', refuseNumber, EVERY_LINE);
  return outside === undefined ? ok(rootId) : refuseNumber('OUTSIDE_SCOPE');
}
