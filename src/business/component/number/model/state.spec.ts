import { NUMBER_STATES, type NumberState } from '../../../../data/operation/number/access-number';
import { NUMBER_TRANSITIONS, afterUse, mayBecome } from './state';

/** Every arrow, as it is drawn. All pairs that are not here are refused. */
const ARROWS: readonly `${NumberState} ${NumberState}`[] = [
  'idle preOccupied',
  'preOccupied idle',
  'preOccupied occupied',
  'idle occupied',
  'occupied frozen',
  'occupied idle',
  'frozen idle',
  'idle held',
  'held idle',
  'occupied portedOut',
  'portedOut frozen',
  'portedOut idle',
  'portedOut occupied',
  'portedIn scrapped',
  'scrapped portedIn',
  'scrapped idle',
  'idle scrapped',
  'held scrapped',
  'frozen scrapped',
];

describe('the states of a number', () => {
  const pairs = NUMBER_STATES.flatMap((from) => NUMBER_STATES.map((to) => [from, to] as const));

  it.each(pairs)('%s → %s', (from, to) => {
    expect(mayBecome(from, to)).toBe(ARROWS.includes(`${from} ${to}`));
  });

  it('are all in the table, and reachable from idle or by being ported in', () => {
    expect(Object.keys(NUMBER_TRANSITIONS).sort()).toEqual([...NUMBER_STATES].sort());
    const reached = new Set<NumberState>(['idle', 'portedIn']);
    for (const state of reached) for (const next of NUMBER_TRANSITIONS[state]) reached.add(next);
    expect([...reached].sort()).toEqual([...NUMBER_STATES].sort());
  });

  it('end their use as the number is ours or not', () => {
    expect([afterUse('occupied'), afterUse('portedIn')]).toEqual(['frozen', 'scrapped']);
  });
});
