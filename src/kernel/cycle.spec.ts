import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { boundaryFrom, cycleAt, cyclesOf, type AnchorChange } from './cycle';
import { dateOf, dayNumberOf, type DayNumber } from './day-number';
import { periodAt, periodIndexAt, recurrenceFrom, recurrenceOn } from './recurrence';

const day = (date: string): DayNumber => dayNumberOf(Temporal.PlainDate.from(date));
const text = (number: DayNumber): string => (Number.isFinite(number) ? dateOf(number).toString() : '…');
const changes = (...list: [string, number][]): AnchorChange[] => list.map(([from, anchorDay]) => ({ from: day(from), anchorDay }));
const cycleOn = (list: AnchorChange[], date: string): string => {
  const { from, to, anchorDay } = cycleAt(cyclesOf(list), day(date));
  return `${text(from)} ${text(to)} ${anchorDay}`;
};

describe('cycles', () => {
  it.each([
    [1, '2026-06-01', '2026-06-01 2026-07-01 1'],
    [1, '2026-06-30', '2026-06-01 2026-07-01 1'],
    [21, '2026-06-20', '2026-05-21 2026-06-21 21'],
    [31, '2026-01-31', '2026-01-31 2026-02-28 31'],
    [31, '2026-02-27', '2026-01-31 2026-02-28 31'],
    [31, '2026-02-28', '2026-02-28 2026-03-31 31'],
    [31, '2028-02-28', '2028-01-31 2028-02-29 31'],
    [30, '2026-03-01', '2026-02-28 2026-03-30 30'],
    [29, '2026-02-28', '2026-02-28 2026-03-29 29'],
  ])('on day %i of the month: the cycle of %s is %s', (anchorDay, date, expected) => {
    expect(cycleOn(changes(['2020-01-01', anchorDay]), date)).toBe(expected);
  });

  const moves: [string, AnchorChange[], string, string][] = [
    [
      'from 1 to 21 within June: the cycle ends early',
      changes(['2020-01-01', 1], ['2026-06-10', 21]),
      '2026-06-05',
      '2026-06-01 2026-06-21 21',
    ],
    ['the cycle before is untouched', changes(['2020-01-01', 1], ['2026-06-10', 21]), '2026-05-31', '2026-05-01 2026-06-01 1'],
    ['the next is whole', changes(['2020-01-01', 1], ['2026-06-10', 21]), '2026-06-21', '2026-06-21 2026-07-21 21'],
    [
      'on the old day itself: that day is still a boundary',
      changes(['2020-01-01', 1], ['2026-06-01', 21]),
      '2026-06-01',
      '2026-06-01 2026-06-21 21',
    ],
    [
      'on the new day itself: that day is one at once',
      changes(['2020-01-01', 1], ['2026-06-21', 21]),
      '2026-06-20',
      '2026-06-01 2026-06-21 21',
    ],
    [
      'after the new day has passed: a long cycle',
      changes(['2020-01-01', 1], ['2026-06-15', 10]),
      '2026-06-20',
      '2026-06-01 2026-07-10 10',
    ],
    [
      'two changes within one cycle: the later ends it',
      changes(['2020-01-01', 1], ['2026-06-05', 21], ['2026-06-12', 15]),
      '2026-06-13',
      '2026-06-01 2026-06-15 15',
    ],
    [
      'two changes on one day: the last holds',
      changes(['2020-01-01', 1], ['2026-06-05', 21], ['2026-06-05', 15]),
      '2026-06-13',
      '2026-06-01 2026-06-15 15',
    ],
  ];
  it.each(moves)('%s', (_, list, date, expected) => {
    expect(cycleOn(list, date)).toBe(expected);
  });

  it('full natural periods are those of the day by which a cycle ends', () => {
    const { regimes } = cyclesOf(changes(['2020-01-01', 1], ['2026-06-15', 10], ['2027-01-02', 31]));
    expect(regimes.map(({ from, to, anchorDay }) => `${text(from)} ${text(to)} ${anchorDay}`)).toEqual([
      '… 2026-06-01 1',
      '2026-06-01 2026-12-10 10',
      '2026-12-10 … 31',
    ]);
  });

  it('the boundary from a day on may be the day itself', () => {
    const cycles = cyclesOf(changes(['2020-01-01', 31]));
    expect(text(boundaryFrom(cycles, day('2026-02-28')))).toBe('2026-02-28');
    expect(text(boundaryFrom(cycles, day('2026-03-01')))).toBe('2026-03-31');
  });

  it('follow one another without gap or overlap, whatever changes', () => {
    const first = day('2026-01-01');
    const history = fc.array(
      fc.record({ from: fc.integer({ min: first, max: first + 500 }), anchorDay: fc.integer({ min: 1, max: 31 }) }),
      {
        minLength: 1,
        maxLength: 5,
      },
    );
    fc.assert(
      fc.property(history, (list) => {
        const cycles = cyclesOf(list.sort((one, other) => one.from - other.from));
        for (let at = first; at < first + 600;) {
          const cycle = cycleAt(cycles, at);
          expect(cycle.from <= at && at < cycle.to).toBe(true);
          expect(cycleAt(cycles, cycle.to).from).toBe(cycle.to);
          expect(cycleAt(cycles, cycle.to - 1)).toEqual(cycle);
          expect(boundaryFrom(cycles, cycle.to)).toBe(cycle.to);
          expect(cycles.regimes.find(({ to }) => cycle.from < to)).toMatchObject({ anchorDay: cycle.anchorDay });
          at = cycle.to;
        }
      }),
    );
  });

  it.each([[[]], [[{ from: 0, anchorDay: 0 }]], [[{ from: 0, anchorDay: 32 }]], [[{ from: 0, anchorDay: 1.5 }]]])('not by %j', (list) => {
    expect(() => cyclesOf(list)).toThrow(RangeError);
  });
});

describe('periods of one length', () => {
  it.each([
    ['2026-01-31', { unit: 'MONTH', count: 1 }, ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']],
    ['2026-01-15', { unit: 'MONTH', count: 3 }, ['2026-01-15', '2026-04-15', '2026-07-15', '2026-10-15']],
    ['2028-02-29', { unit: 'YEAR', count: 1 }, ['2028-02-29', '2029-02-28', '2030-02-28', '2031-02-28']],
    ['2026-01-30', { unit: 'WEEK', count: 1 }, ['2026-01-30', '2026-02-06', '2026-02-13', '2026-02-20']],
    ['2026-02-27', { unit: 'DAY', count: 1 }, ['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02']],
  ] as const)('from %s each %j', (first, length, beginnings) => {
    const recurrence = recurrenceFrom(day(first), length);
    expect(beginnings.map((_, index) => text(periodAt(recurrence, index).from))).toEqual(beginnings);
  });

  it('every day lies in the period whose number it has', () => {
    const anchored = fc.tuple(fc.integer({ min: 1, max: 31 }), fc.integer({ min: 1, max: 24 }), fc.integer({ min: 0, max: 30_000 }));
    fc.assert(
      fc.property(anchored, fc.integer({ min: -1000, max: 40_000 }), ([dayOfMonth, months, within], at) => {
        const recurrence = recurrenceOn(dayOfMonth, months, within);
        expect(periodIndexAt(recurrence, within)).toBe(0);
        const { from, to } = periodAt(recurrence, periodIndexAt(recurrence, at));
        expect(from <= at && at < to).toBe(true);
      }),
    );
  });

  it.each([0, -1, 1.5])('a period of %d months is none', (count) => {
    expect(() => recurrenceFrom(0, { unit: 'MONTH', count })).toThrow(RangeError);
  });
});
