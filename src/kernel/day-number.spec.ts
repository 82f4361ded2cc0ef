import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { TimeZone } from './calendar';
import {
  addLength, addMonths, dateOf, dayInMonth, dayNumberAt, dayNumberOf, dayOfMonthOf, days30Between, daysIn, monthOf, monthsBetween,
  overlapOf, type DayNumber, type PeriodLength,
} from './day-number'; // prettier-ignore

const day = (date: string): DayNumber => dayNumberOf(Temporal.PlainDate.from(date));
const text = (number: DayNumber): string => dateOf(number).toString();
/** All the days that a date of business can be. */
const anyDay = fc.integer({ min: day('1800-01-01'), max: day('9990-01-01') });

describe('days as numbers', () => {
  it('are those of the calendar', () => {
    expect(day('1970-01-01')).toBe(0);
    fc.assert(
      fc.property(anyDay, (number) => {
        const date = Temporal.PlainDate.from('1970-01-01').add({ days: number });
        expect(text(number)).toBe(date.toString());
        expect(dayNumberOf(date)).toBe(number);
        expect(dayOfMonthOf(number)).toBe(date.day);
        expect(monthOf(number)).toBe(12 * date.year + date.month - 1);
      }),
    );
  });

  it.each([
    ['2026-11-20T15:59:59.999Z', 'Asia/Shanghai', '2026-11-20'],
    ['2026-11-20T16:00:00Z', 'Asia/Shanghai', '2026-11-21'],
    // The clocks go back at 02:00 on 1 November: the day has 25 hours, and is one day.
    ['2026-11-01T04:00:00Z', 'America/New_York', '2026-11-01'],
    ['2026-11-02T04:59:59Z', 'America/New_York', '2026-11-01'],
    ['2026-11-02T05:00:00Z', 'America/New_York', '2026-11-02'],
    // Samoa had no 30 December 2011.
    ['2011-12-30T09:59:59Z', 'Pacific/Apia', '2011-12-29'],
    ['2011-12-30T10:00:00Z', 'Pacific/Apia', '2011-12-31'],
  ])('%s in %s lies on %s', (instant, zone, expected) => {
    expect(text(dayNumberAt(Temporal.Instant.from(instant), zone as TimeZone))).toBe(expected);
  });
});

describe('months', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-01-31', 2, '2026-03-31'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2026-05-05', 0, '2026-05-05'],
  ])('%s and %i months are %s', (from, months, expected) => {
    expect(text(addMonths(day(from), months))).toBe(expected);
  });

  it('are added as the calendar adds them', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -600, max: 600 }), (number, months) => {
        expect(text(addMonths(number, months))).toBe(dateOf(number).add({ months }).toString());
      }),
    );
  });

  it.each<[string, PeriodLength, string]>([
    ['2026-01-31', { unit: 'DAY', count: 30 }, '2026-03-02'],
    ['2026-01-31', { unit: 'WEEK', count: 2 }, '2026-02-14'],
    ['2026-01-31', { unit: 'MONTH', count: 3 }, '2026-04-30'],
    ['2028-02-29', { unit: 'YEAR', count: 1 }, '2029-02-28'],
  ])('%s and %j is %s', (from, length, expected) => {
    expect(text(addLength(day(from), length))).toBe(expected);
  });

  it.each([
    ['2026-01-15', '2026-02-14', 0],
    ['2026-01-15', '2026-02-15', 1],
    ['2026-01-31', '2026-02-27', 0],
    ['2026-01-31', '2026-02-28', 1],
    ['2026-01-31', '2026-03-30', 1],
    ['2026-01-15', '2026-01-15', 0],
    ['2024-02-29', '2026-02-28', 24],
    ['2026-02-15', '2026-01-15', -1],
  ])('from %s to %s there are %i whole months', (from, to, months) => {
    expect(monthsBetween(day(from), day(to))).toBe(months);
  });

  it('the 31st of a short month is its last day', () => {
    expect(text(dayInMonth(monthOf(day('2026-02-01')), 31))).toBe('2026-02-28');
    expect(text(dayInMonth(monthOf(day('2026-04-30')), 31))).toBe('2026-04-30');
    expect(text(dayInMonth(monthOf(day('2026-05-01')), 31))).toBe('2026-05-31');
    expect(text(dayInMonth(monthOf(day('2100-02-01')), 29))).toBe('2100-02-28');
  });
});

describe('30E/360', () => {
  it.each([
    ['2026-01-01', '2026-02-01', 30],
    ['2026-02-01', '2026-03-01', 30],
    ['2026-01-01', '2026-01-31', 29],
    ['2026-01-30', '2026-01-31', 0],
    ['2026-01-31', '2026-02-28', 28],
    ['2026-02-28', '2026-03-31', 32],
    ['2026-01-16', '2026-02-01', 15],
    ['2026-01-01', '2027-01-01', 360],
  ])('from %s to %s: %i', (from, to, days) => {
    expect(days30Between(day(from), day(to))).toBe(days);
  });

  it('counts the parts of a span to the same sum', () => {
    fc.assert(
      fc.property(anyDay, anyDay, anyDay, (one, two, three) => {
        expect(days30Between(one, two) + days30Between(two, three)).toBe(days30Between(one, three));
      }),
    );
  });
});

describe('spans', () => {
  it.each([
    [{ from: 1, to: 5 }, { from: 3, to: 9 }, 2],
    [{ from: 1, to: 5 }, { from: 5, to: 9 }, 0],
    [{ from: 1, to: 5 }, { from: 7, to: 9 }, 0],
    [{ from: 1, to: 1 }, { from: 0, to: 9 }, 0],
    [{ from: 1, to: Number.POSITIVE_INFINITY }, { from: 0, to: 9 }, 8],
  ])('%j and %j share %i days', (one, other, days) => {
    expect(daysIn(overlapOf(one, other))).toBe(days);
    expect(daysIn(overlapOf(other, one))).toBe(days);
  });

  it('that end before they begin have no day', () => {
    expect(daysIn({ from: 5, to: 1 })).toBe(0);
  });
});
