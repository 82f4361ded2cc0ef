import type { VersionState } from '../../../../data/operation/released-version/version';

/**
 * Where a version may go from each state. What was released never becomes a draft again: a change is a new version. A draft that
 * nobody wants is retired, so that its number stays known.
 */
export const VERSION_TRANSITIONS: Readonly<Record<VersionState, readonly VersionState[]>> = {
  draft: ['inTest', 'retired'],
  inTest: ['draft', 'active', 'retired'],
  active: ['suspended', 'retired'],
  suspended: ['active', 'retired'],
  retired: [],
};

export function mayMove(from: VersionState, to: VersionState): boolean {
  return VERSION_TRANSITIONS[from].includes(to);
}

/** Whether what a version says may still be changed. */
export function isDraft(state: VersionState): boolean {
  return state === 'draft' || state === 'inTest';
}
