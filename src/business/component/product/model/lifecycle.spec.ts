import { VERSION_STATES, type VersionState } from '../../../../data/operation/released-version/version';
import { VERSION_TRANSITIONS, isDraft, mayMove } from './lifecycle';

/** Every arrow. All pairs that are not here are refused. */
const ARROWS: readonly `${VersionState} ${VersionState}`[] = [
  'draft inTest',
  'draft retired',
  'inTest draft',
  'inTest active',
  'inTest retired',
  'active suspended',
  'active retired',
  'suspended active',
  'suspended retired',
];

describe('the states of a version', () => {
  const pairs = VERSION_STATES.flatMap((from) => VERSION_STATES.map((to) => [from, to] as const));

  it.each(pairs)('%s → %s', (from, to) => {
    expect(mayMove(from, to)).toBe(ARROWS.includes(`${from} ${to}`));
  });

  it('are all in the table, and reachable from draft', () => {
    expect(Object.keys(VERSION_TRANSITIONS).sort()).toEqual([...VERSION_STATES].sort());
    const reached = new Set<VersionState>(['draft']);
    for (const state of reached) for (const next of VERSION_TRANSITIONS[state]) reached.add(next);
    expect([...reached].sort()).toEqual([...VERSION_STATES].sort());
  });

  it('never lead from what was released back to a draft', () => {
    const released = VERSION_STATES.filter((state) => !isDraft(state));
    expect(released.flatMap((state) => VERSION_TRANSITIONS[state]).filter(isDraft)).toEqual([]);
  });
});
