import { Temporal } from 'temporal-polyfill';
import { isBefore, laterOf, periodOf } from './period';

const at = (text: string) => Temporal.Instant.from(text);
const now = at('2026-11-21T08:00:00.123456789Z');

describe('a period', () => {
  it('begins now when nothing else is said, in whole microseconds', () => {
    expect(periodOf(null, undefined, now)).toEqual({ from: at('2026-11-21T08:00:00.123456Z'), to: null });
  });

  it.each([
    ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', true],
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', false],
    ['2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z', false],
    ['2026-01-01T00:00:00.000001Z', '2026-01-01T00:00:00.000001999Z', false],
    ['1799-12-31T23:59:59Z', null, false],
    ['-000001-01-01T00:00:00Z', null, false],
    ['2026-01-01T00:00:00Z', '9990-01-01T00:00:00Z', false],
    ['+010000-01-01T00:00:00Z', null, false],
  ])('from %s to %s: %s', (from, to, holds) => {
    expect(periodOf(at(from), to === null ? null : at(to), now) !== undefined).toBe(holds);
  });

  it('compares instants', () => {
    const later = now.add({ nanoseconds: 1 });
    expect([isBefore(now, later), isBefore(later, now), isBefore(now, now)]).toEqual([true, false, false]);
    expect([laterOf(now, later), laterOf(later, now)]).toEqual([later, later]);
  });
});
