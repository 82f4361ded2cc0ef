import { Temporal } from 'temporal-polyfill';
import { OrderCourse } from './course';
import { gateOf, passTo, type Waiting } from './gate';

const now = Temporal.Instant.from('2026-01-05T01:00:00Z');
const nothing: Waiting = { approval: 'NONE', dueMinor: 0n, paidMinor: 0n, requestedStartAt: null };

describe('what an order waits for', () => {
  it.each([
    ['nothing', nothing, 'inProgress'],
    ['a decision, before all else', { approval: 'NEEDED', dueMinor: 5n, paidMinor: 0n, requestedStartAt: now.add({ hours: 1 }) }, 'held'],
    ['its payment', { ...nothing, approval: 'GIVEN', dueMinor: 5n, paidMinor: 4n }, 'pending'],
    [
      'its start, once it is paid',
      { ...nothing, dueMinor: 5n, paidMinor: 5n, requestedStartAt: now.add({ nanoseconds: 1000 }) },
      'acknowledged',
    ],
    ['nothing at the instant of its start', { ...nothing, requestedStartAt: now }, 'inProgress'],
  ] as const)('is %s', (_what, waiting, gate) => {
    expect(gateOf(waiting, now)).toBe(gate);
  });

  it('is told by its history, wait by wait', () => {
    const course = OrderCourse.begin([1]);
    passTo(course, 'held', { reason: 'SUBMITTED' });
    passTo(course, 'pending', { reason: 'APPROVED', note: '同意' });
    passTo(course, 'pending', { reason: 'PAID' });
    passTo(course, 'inProgress', { reason: 'PAID' });
    const told = course.steps.filter(({ itemNo }) => itemNo === null).map(({ from, to, reason }) => `${from ?? ''}→${to} ${reason}`);
    expect(told).toEqual([
      '→acknowledged SUBMITTED',
      'acknowledged→held APPROVAL_NEEDED',
      'held→acknowledged APPROVED',
      'acknowledged→pending PAYMENT_NEEDED',
      'pending→acknowledged PAID',
      'acknowledged→inProgress STARTED',
    ]);
    expect(course.steps.find(({ reason }) => reason === 'APPROVED')?.note).toBe('同意');
    expect(course.stateOf(1)).toBe('inProgress');
  });
});

describe('the course of an order', () => {
  it('ends when its last item has ended, and not before', () => {
    const course = OrderCourse.resume('inProgress', [
      { itemNo: 1, state: 'inProgress' },
      { itemNo: 2, state: 'inProgress' },
    ]);
    course.moveItem(1, 'completed', { reason: 'DONE' });
    course.settle();
    expect(course.state).toBe('inProgress');
    course.moveItem(2, 'failed', { reason: 'NOT_DONE' });
    course.settle();
    expect(course.state).toBe('partial');
  });

  it('leaves items that have ended where they are', () => {
    const course = OrderCourse.resume('inProgress', [
      { itemNo: 1, state: 'failed' },
      { itemNo: 2, state: 'inProgress' },
    ]);
    course.move('assessingCancellation', { reason: 'CANCELLATION_ASKED' });
    expect([course.stateOf(1), course.stateOf(2)]).toEqual(['failed', 'assessingCancellation']);
  });

  it('takes no step that the table does not have', () => {
    const course = OrderCourse.resume('completed', [{ itemNo: 1, state: 'completed' }]);
    expect(() => course.move('cancelled', { reason: 'CANCELLED' })).toThrow('an order does not go from completed to cancelled');
    expect(() => course.moveItem(1, 'failed', { reason: 'NOT_DONE' })).toThrow('an item does not go from completed to failed');
  });
});
