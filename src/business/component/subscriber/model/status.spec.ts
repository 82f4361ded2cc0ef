import { SUBSCRIBER_STATUSES, type SubscriberStatus } from '../../../../data/operation/subscriber/subscriber';
import { STATUS_TRANSITIONS, endOf, isFinal, mayBecome } from './status';

/** Every arrow, as it is drawn: TMF637's, and below it ours. All pairs that are not here are refused. */
const ARROWS: readonly `${SubscriberStatus} ${SubscriberStatus}`[] = [
  'created pendingActive',
  'created active',
  'pendingActive active',
  'pendingActive cancelled',
  'pendingActive aborted',
  'active suspended',
  'suspended active',
  'active pendingTerminate',
  'pendingTerminate terminated',
  'active terminated',
  // Ours: a stopped subscriber can be closed without being put back in service.
  'suspended pendingTerminate',
  'suspended terminated',
];

describe('the states of a subscriber', () => {
  const pairs = SUBSCRIBER_STATUSES.flatMap((from) => SUBSCRIBER_STATUSES.map((to) => [from, to] as const));

  it.each(pairs)('%s → %s', (from, to) => {
    expect(mayBecome(from, to)).toBe(ARROWS.includes(`${from} ${to}`));
  });

  it('are all in the table, and reachable from created', () => {
    expect(Object.keys(STATUS_TRANSITIONS).sort()).toEqual([...SUBSCRIBER_STATUSES].sort());
    const reached = new Set<SubscriberStatus>(['created']);
    for (const status of reached) for (const next of STATUS_TRANSITIONS[status]) reached.add(next);
    expect([...reached].sort()).toEqual([...SUBSCRIBER_STATUSES].sort());
  });

  it('are left by closing it: to cancelled where it was never in service', () => {
    const ends = SUBSCRIBER_STATUSES.flatMap((status) => (endOf(status) === undefined ? [] : [`${status} ${endOf(status)}`]));
    expect(ends).toEqual(['pendingActive cancelled', 'active terminated', 'suspended terminated', 'pendingTerminate terminated']);
  });

  it('end in terminated, cancelled or aborted', () => {
    expect(SUBSCRIBER_STATUSES.filter(isFinal)).toEqual(['terminated', 'cancelled', 'aborted']);
  });
});
