import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { cyclesOf, type AnchorChange } from '../../../../kernel/cycle';
import { dateOf, dayNumberOf, type DayNumber, type DaySpan } from '../../../../kernel/day-number';
import { roundHalfAwayFromZero } from '../../../../kernel/money';
import { chargeRecurring, RECURRING_PARAMETERS, totalOf, type RecurringParameters } from './charge-recurring';
import type { Proration, RecurringPrice, SuspensionCharge } from './definition';
import type { InstanceTimeline } from './instance-timeline';
import type { RecurringPiece } from './prorate';

const day = (date: string): DayNumber => dayNumberOf(Temporal.PlainDate.from(date));
const span = (from: string, to: string): DaySpan => ({ from: day(from), to: day(to) });

const monthly = (amountMinor: bigint, more: Partial<RecurringPrice> = {}): RecurringPrice => ({
  kind: 'RECURRING',
  code: 'FEE',
  name: { zh: '月租', en: 'Monthly fee' },
  chargeCode: 'MONTHLY_FEE',
  taxIncluded: true,
  timing: 'ARREARS',
  period: { unit: 'MONTH', count: 1 },
  alignment: 'ANNIVERSARY',
  proration: 'BY_DAY',
  phases: [{ periods: null, amountMinor }],
  trial: null,
  suspension: {},
  ...more,
});

interface Story {
  readonly price: RecurringPrice;
  readonly start?: string;
  readonly end?: readonly [string, 'TERMINATION' | 'SUCCESSION'];
  readonly quantities?: readonly (readonly [string, number])[];
  readonly negotiated?: readonly (readonly [string, bigint | null])[];
  readonly stops?: readonly (readonly [string, string, string | null])[];
  readonly billingDays?: readonly (readonly [string, number])[];
  readonly parameters?: Partial<RecurringParameters>;
}

const timeline = ({ start = '2020-01-01', end, quantities = [], negotiated = [], stops = [] }: Story): InstanceTimeline => ({
  start: day(start),
  end: end === undefined ? null : { day: day(end[0]), by: end[1] },
  quantities: quantities.map(([from, quantity]) => ({ from: day(from), quantity })),
  negotiated: negotiated.map(([from, amountMinor]) => ({ from: day(from), amountMinor })),
  stops: stops.map(([reason, from, to]) => ({ reason, from: day(from), to: to === null ? null : day(to) })),
});

const charge = (story: Story, within: DaySpan): RecurringPiece[] =>
  chargeRecurring({
    price: story.price,
    instance: timeline(story),
    cycles: cyclesOf((story.billingDays ?? [['2000-01-01', 1]]).map(([from, anchorDay]) => ({ from: day(from), anchorDay }))),
    span: within,
    parameters: { ...RECURRING_PARAMETERS, ...story.parameters },
  });

/** As `from to amount`, without the year where it is 2026. */
const told = (pieces: readonly RecurringPiece[]): string[] =>
  pieces.map(({ from, to, amountMinor }) => `${short(from)} ${short(to)} ${amountMinor}`);
const short = (number: DayNumber): string => dateOf(number).toString().replace('2026-', '');

const JUNE = span('2026-06-01', '2026-07-01');
const none = (more: object = { kind: 'WHOLE' }): SuspensionCharge => ({ kind: 'NONE', span: more }) as SuspensionCharge;
const instead = (amountMinor: bigint): SuspensionCharge => ({ kind: 'REPLACEMENT', amountMinor, span: { kind: 'WHOLE' } });

describe('BY_DAY: a piece = round(P·d₂/D) − round(P·d₁/D)', () => {
  const stories: [string, Story, string[]][] = [
    ['a whole period', { price: monthly(3000n) }, ['06-01 07-01 3000']],
    ['from the day of opening', { price: monthly(3000n), start: '2026-06-11' }, ['06-11 07-01 2000']],
    ['to the day of termination, which is free', { price: monthly(3000n), end: ['2026-06-11', 'TERMINATION'] }, ['06-01 06-11 1000']],
    [
      'parameter: the day of termination is charged',
      { price: monthly(3000n), end: ['2026-06-11', 'TERMINATION'], parameters: { terminationDay: 'CHARGED' } },
      ['06-01 06-12 1100'],
    ],
    [
      'the day on which another takes over is charged to the other, whatever the parameter',
      { price: monthly(3000n), end: ['2026-06-11', 'SUCCESSION'], parameters: { terminationDay: 'CHARGED' } },
      ['06-01 06-11 1000'],
    ],
    ['opening and closing on one day is 0 days', { price: monthly(3000n), start: '2026-06-11', end: ['2026-06-11', 'TERMINATION'] }, []],
    [
      'also where the day of termination is charged',
      { price: monthly(3000n), start: '2026-06-11', end: ['2026-06-11', 'TERMINATION'], parameters: { terminationDay: 'CHARGED' } },
      [],
    ],
    // 100.00 × 10/30 = 33.333, × 20/30 = 66.667
    [
      'pieces at one price go on counting: 33.33 and 33.34 make 66.67',
      {
        price: monthly(10000n, { suspension: { LOSS: none() } }),
        stops: [['LOSS', '2026-06-11', '2026-06-21']],
      },
      ['06-01 06-11 3333', '06-11 06-21 0', '06-21 07-01 3334'],
    ],
    [
      'the quantity changes: 2 × 10.00 for 10 days, 3 × 10.00 for 20',
      {
        price: monthly(1000n),
        quantities: [
          ['2026-01-01', 2],
          ['2026-06-11', 3],
        ],
      },
      ['06-01 06-11 667', '06-11 07-01 2000'],
    ],
    [
      'a day with quantity 0 is none',
      {
        price: monthly(3000n),
        quantities: [
          ['2026-06-11', 0],
          ['2026-06-21', 1],
        ],
      },
      ['06-01 06-11 1000', '06-21 07-01 1000'],
    ],
    [
      'the last of two changes on one day wins',
      {
        price: monthly(3000n),
        quantities: [
          ['2026-06-01', 5],
          ['2026-06-01', 1],
        ],
      },
      ['06-01 07-01 3000'],
    ],
    [
      'a negotiated price, and the phases again',
      {
        price: monthly(3000n),
        negotiated: [
          ['2026-06-11', 1500n],
          ['2026-06-21', null],
        ],
      },
      ['06-01 06-11 1000', '06-11 06-21 500', '06-21 07-01 1000'],
    ],
    ['a price below zero is rounded away from zero too', { price: monthly(-1000n), start: '2026-06-16' }, ['06-16 07-01 -500']],
    ['a price of 0', { price: monthly(0n) }, ['06-01 07-01 0']],
    ['not yet open', { price: monthly(3000n), start: '2026-07-01' }, []],
    ['long closed', { price: monthly(3000n), end: ['2026-06-01', 'TERMINATION'] }, []],
  ];
  it.each(stories)('%s', (_, story, pieces) => {
    expect(told(charge(story, JUNE))).toEqual(pieces);
  });

  it('a span without a day has no charge', () => {
    expect(charge({ price: monthly(3000n) }, span('2026-06-05', '2026-06-05'))).toEqual([]);
    expect(charge({ price: monthly(3000n) }, span('2026-06-05', '2026-06-01'))).toEqual([]);
  });

  it('a piece says all that it takes to reckon it again', () => {
    expect(
      charge(
        {
          price: monthly(1000n),
          quantities: [
            ['2026-01-01', 2],
            ['2026-06-11', 3],
          ],
        },
        JUNE,
      )[1],
    ).toEqual({
      ...{ from: day('2026-06-11'), to: day('2026-07-01'), days: 20, period: JUNE },
      ...{ unitMinor: 1000n, quantity: 3, wholeMinor: 3000n, source: 'PHASE', phase: 1, stopReason: null },
      ...{ measure: 'DAYS', countedBefore: 0, counted: 20, countedOf: 30, amountMinor: 2000n, billedOn: day('2026-07-01') },
    });
  });

  it('a span of more than a lifetime is refused', () => {
    expect(() => charge({ price: monthly(1n) }, span('1900-01-01', '2026-01-01'))).toThrow(RangeError);
  });
});

describe('the full natural period', () => {
  // Domain.md §5.2: 30.00 a month, the billing day moves from 1 to 21 in June.
  const moving: Story = {
    price: monthly(3000n),
    billingDays: [
      ['2020-01-01', 1],
      ['2026-06-10', 21],
    ],
  };

  it('when the billing day moves from 1 to 21, 1–21 June costs 30 × 20/31 = 19.35', () => {
    const [piece] = charge(moving, span('2026-06-01', '2026-06-21'));
    expect(piece).toMatchObject({ amountMinor: 1935n, counted: 20, countedOf: 31, period: span('2026-05-21', '2026-06-21') });
    expect(told(charge(moving, span('2026-05-01', '2026-08-21')))).toEqual([
      '05-01 06-01 3000',
      '06-01 06-21 1935',
      '06-21 07-21 3000',
      '07-21 08-21 3000',
    ]);
  });

  it.each<[string, Story, DaySpan, string[]]>([
    [
      'back from 21 to 1: 21 June to 1 July lies in June, 30 × 10/30',
      {
        price: monthly(3000n),
        billingDays: [
          ['2020-01-01', 21],
          ['2026-06-22', 1],
        ],
      },
      span('2026-05-21', '2026-08-01'),
      ['05-21 06-21 3000', '06-21 07-01 1000', '07-01 08-01 3000'],
    ],
    [
      'a long cycle is its natural periods: 30 × 9/31 of 10 May to 10 June, then a whole one',
      {
        price: monthly(3000n),
        billingDays: [
          ['2020-01-01', 1],
          ['2026-06-15', 10],
        ],
      },
      span('2026-06-01', '2026-07-10'),
      ['06-01 06-10 871', '06-10 07-10 3000'],
    ],
    [
      'day 31 falls on the last day of shorter months, and returns',
      { price: monthly(3100n), billingDays: [['2020-01-01', 31]] },
      span('2026-01-31', '2026-04-30'),
      ['01-31 02-28 3100', '02-28 03-31 3100', '03-31 04-30 3100'],
    ],
    [
      'in a leap year on the 29th',
      { price: monthly(2900n), start: '2028-02-10', billingDays: [['2020-01-01', 31]] },
      span('2028-01-31', '2028-02-29'),
      // 19 of 29 days
      ['2028-02-10 2028-02-29 1900'],
    ],
    [
      'FULL, shortened by a change of the billing day, is charged by day',
      {
        price: monthly(3000n, { proration: 'FULL' }),
        billingDays: [
          ['2020-01-01', 1],
          ['2026-06-10', 21],
        ],
      },
      span('2026-06-01', '2026-07-21'),
      ['06-01 06-21 1935', '06-21 07-21 3000'],
    ],
  ])('%s', (_, story, within, pieces) => {
    expect(told(charge(story, within))).toEqual(pieces);
  });
});

describe('the other prorations', () => {
  const by = (proration: Proration, more: Partial<RecurringPrice> = {}): RecurringPrice => monthly(3000n, { proration, ...more });
  const stories: [string, Story, DaySpan, string[]][] = [
    [
      'BY_DAY_30: 15 of 30 in a month of 31',
      { price: by('BY_DAY_30'), start: '2026-07-16' },
      span('2026-07-01', '2026-08-01'),
      ['07-16 08-01 1500'],
    ],
    [
      'BY_DAY_30: the 31st counts as the 30th',
      { price: by('BY_DAY_30'), start: '2026-07-31' },
      span('2026-07-01', '2026-08-01'),
      ['07-31 08-01 100'],
    ],
    [
      'BY_DAY_30: and so does its eve nothing',
      { price: by('BY_DAY_30'), start: '2026-07-30', end: ['2026-07-31', 'TERMINATION'] },
      span('2026-07-01', '2026-08-01'),
      ['07-30 07-31 0'],
    ],
    ['BY_DAY_30: February has 30', { price: by('BY_DAY_30'), start: '2026-02-16' }, span('2026-02-01', '2026-03-01'), ['02-16 03-01 1500']],
    [
      'BY_DAY_30: days are days in a price of weeks',
      { price: by('BY_DAY_30', { period: { unit: 'WEEK', count: 2 } }), start: '2026-07-27', end: ['2026-08-03', 'TERMINATION'] },
      span('2026-07-01', '2026-09-01'),
      ['07-27 08-03 1500'],
    ],
    ['FULL: any active day owes all', { price: by('FULL'), start: '2026-06-30' }, JUNE, ['06-30 07-01 3000']],
    ['FULL: also the day before the end', { price: by('FULL'), end: ['2026-06-02', 'TERMINATION'] }, JUNE, ['06-01 06-02 3000']],
    ['FULL: after a change the product before owes nothing', { price: by('FULL'), end: ['2026-06-20', 'SUCCESSION'] }, JUNE, []],
    [
      'FULL: but all, where the change is at the end of the period',
      { price: by('FULL'), end: ['2026-07-01', 'SUCCESSION'] },
      JUNE,
      ['06-01 07-01 3000'],
    ],
    ['FULL: the last price of the period', { price: by('FULL'), negotiated: [['2026-06-20', 2000n]] }, JUNE, ['06-01 07-01 2000']],
    [
      'FULL: a stop for a part makes it no cheaper',
      { price: by('FULL', { suspension: { LOSS: none() } }), stops: [['LOSS', '2026-06-05', null]] },
      JUNE,
      ['06-01 07-01 3000'],
    ],
    [
      'FULL: a stop throughout does',
      { price: by('FULL', { suspension: { LOSS: instead(500n) } }), stops: [['LOSS', '2026-05-05', null]] },
      JUNE,
      ['06-01 07-01 500'],
    ],
    ['HALF_MONTH: both halves', { price: monthly(3001n, { proration: 'HALF_MONTH' }) }, JUNE, ['06-01 06-16 1501', '06-16 07-01 1500']],
    [
      'HALF_MONTH: opened on the 15th touches both',
      { price: by('HALF_MONTH'), start: '2026-06-15' },
      JUNE,
      ['06-15 06-16 1500', '06-16 07-01 1500'],
    ],
    ['HALF_MONTH: opened on the 16th the second alone', { price: by('HALF_MONTH'), start: '2026-06-16' }, JUNE, ['06-16 07-01 1500']],
    [
      'HALF_MONTH: ended on the 16th the first alone',
      { price: by('HALF_MONTH'), end: ['2026-06-16', 'TERMINATION'] },
      JUNE,
      ['06-01 06-16 1500'],
    ],
    [
      'HALF_MONTH: a half taken over is the successor’s',
      { price: by('HALF_MONTH'), end: ['2026-06-20', 'SUCCESSION'] },
      JUNE,
      ['06-01 06-16 1500'],
    ],
    [
      'HALF_MONTH: days 1–15 of the period, not of the month',
      { price: by('HALF_MONTH'), start: '2026-06-25', billingDays: [['2020-01-01', 21]] },
      span('2026-06-21', '2026-07-21'),
      ['06-25 07-06 1500', '07-06 07-21 1500'],
    ],
    [
      'HALF_MONTH: three months have six halves',
      { price: by('HALF_MONTH', { period: { unit: 'MONTH', count: 3 } }), start: '2026-01-31', end: ['2026-03-20', 'TERMINATION'] },
      span('2026-01-01', '2026-07-01'),
      ['01-31 02-15 500', '02-15 02-28 500', '02-28 03-15 500', '03-15 03-20 500'],
    ],
    ['NONE: a whole period', { price: by('NONE') }, JUNE, ['06-01 07-01 3000']],
    ['NONE: partial periods are free', { price: by('NONE'), start: '2026-06-02' }, span('2026-06-01', '2026-08-01'), ['07-01 08-01 3000']],
    ['NONE: at the end as well', { price: by('NONE'), end: ['2026-06-30', 'TERMINATION'] }, JUNE, []],
    [
      'NONE: a stop makes no period partial',
      { price: by('NONE', { suspension: { LOSS: none() } }), stops: [['LOSS', '2026-06-05', '2026-06-09']] },
      JUNE,
      ['06-01 07-01 3000'],
    ],
  ];
  it.each(stories)('%s', (_, story, within, pieces) => {
    expect(told(charge(story, within))).toEqual(pieces);
  });
});

describe('phases, trials and longer periods', () => {
  const phases = [
    { periods: 2, amountMinor: 1000n },
    { periods: 1, amountMinor: 2000n },
    { periods: null, amountMinor: 3000n },
  ];
  const stories: [string, Story, DaySpan, string[]][] = [
    [
      'N periods at one price, then another; a first partial one is the first of them',
      { price: monthly(0n, { phases }), start: '2026-01-22' },
      span('2026-01-01', '2026-06-01'),
      // 10.00 × 10/31 = 3.23
      ['01-22 02-01 323', '02-01 03-01 1000', '03-01 04-01 2000', '04-01 05-01 3000', '05-01 06-01 3000'],
    ],
    [
      'parameter: or it comes before them',
      { price: monthly(0n, { phases }), start: '2026-01-22', parameters: { partialFirstPeriod: 'COMES_BEFORE' } },
      span('2026-01-01', '2026-05-01'),
      ['01-22 02-01 323', '02-01 03-01 1000', '03-01 04-01 1000', '04-01 05-01 2000'],
    ],
    [
      'free at first: 15 days, then the phases begin',
      { price: monthly(0n, { phases, trial: { unit: 'DAY', count: 15 } }), start: '2026-01-20' },
      span('2026-01-01', '2026-05-01'),
      // 4 February: 25 of 28 days
      ['02-04 03-01 893', '03-01 04-01 1000', '04-01 05-01 2000'],
    ],
    [
      'a trial that is not over',
      { price: monthly(3000n, { trial: { unit: 'MONTH', count: 1 } }), start: '2026-05-31' },
      span('2026-06-01', '2026-06-30'),
      [],
    ],
    [
      'ANNIVERSARY: three months from activation, on the 31st or the last day',
      { price: monthly(9000n, { period: { unit: 'MONTH', count: 3 } }), start: '2026-01-31' },
      span('2026-01-01', '2026-10-31'),
      ['01-31 04-30 9000', '04-30 07-31 9000', '07-31 10-31 9000'],
    ],
    [
      'ANNIVERSARY: ended within, 90.00 × 28/89',
      { price: monthly(9000n, { period: { unit: 'MONTH', count: 3 } }), start: '2026-01-31', end: ['2026-02-28', 'TERMINATION'] },
      span('2026-01-01', '2026-10-31'),
      ['01-31 02-28 2831'],
    ],
    [
      'ANNIVERSARY: the billing day moves, the year does not',
      {
        price: monthly(36500n, { period: { unit: 'YEAR', count: 1 } }),
        start: '2026-03-15',
        billingDays: [
          ['2020-01-01', 1],
          ['2026-06-10', 21],
        ],
      },
      span('2026-03-01', '2027-03-15'),
      ['03-15 2027-03-15 36500'],
    ],
    [
      'CYCLE: three months with the billing cycle, the first in part: 90.00 × 69/90',
      { price: monthly(9000n, { period: { unit: 'MONTH', count: 3 }, alignment: 'CYCLE' }), start: '2026-01-22' },
      span('2026-01-01', '2026-07-01'),
      ['01-22 04-01 6900', '04-01 07-01 9000'],
    ],
    [
      'CYCLE: by the new billing day when it moves: 90.00 × 61/91, then × 20/92 of 21 March to 21 June',
      {
        price: monthly(9000n, { period: { unit: 'MONTH', count: 3 }, alignment: 'CYCLE' }),
        start: '2026-01-01',
        billingDays: [
          ['2020-01-01', 1],
          ['2026-06-10', 21],
        ],
      },
      span('2026-04-01', '2026-09-21'),
      ['04-01 06-01 6033', '06-01 06-21 1957', '06-21 09-21 9000'],
    ],
    [
      'weeks from activation',
      { price: monthly(700n, { period: { unit: 'WEEK', count: 1 } }), start: '2026-06-20' },
      JUNE,
      ['06-20 06-27 700', '06-27 07-01 400'],
    ],
    [
      'weeks from the beginning of the cycle: 1 June, 8, 15, …',
      { price: monthly(700n, { period: { unit: 'WEEK', count: 1 }, alignment: 'CYCLE' }), start: '2026-06-20' },
      JUNE,
      ['06-20 06-22 200', '06-22 06-29 700', '06-29 07-01 200'],
    ],
  ];
  it.each(stories)('%s', (_, story, within, pieces) => {
    expect(told(charge(story, within))).toEqual(pieces);
  });
});

describe('while a subscriber is stopped', () => {
  const price = (suspension: Record<string, SuspensionCharge>): RecurringPrice => monthly(3000n, { suspension });
  const stories: [string, Story, string[]][] = [
    ['a reason that is not named owes the full price', { price: price({}), stops: [['LOSS', '2026-06-11', null]] }, ['06-01 07-01 3000']],
    [
      'a replacement price',
      { price: price({ LOSS: instead(500n) }), stops: [['LOSS', '2026-06-11', '2026-06-21']] },
      ['06-01 06-11 1000', '06-11 06-21 167', '06-21 07-01 1000'],
    ],
    [
      'times the quantity',
      { price: price({ LOSS: instead(500n) }), quantities: [['2026-01-01', 2]], stops: [['LOSS', '2026-06-16', null]] },
      ['06-01 06-16 3000', '06-16 07-01 500'],
    ],
    [
      'nothing for n days, then all again',
      { price: price({ LOSS: none({ kind: 'DAYS', days: 5 }) }), stops: [['LOSS', '2026-06-11', null]] },
      ['06-01 06-11 1000', '06-11 06-16 0', '06-16 07-01 1500'],
    ],
    [
      'n days count from the stop, also over the end of a period',
      { price: price({ LOSS: none({ kind: 'DAYS', days: 5 }) }), stops: [['LOSS', '2026-05-30', null]] },
      ['06-01 06-04 0', '06-04 07-01 2700'],
    ],
    [
      'nothing to the end of the period in which it began',
      { price: price({ LOSS: none({ kind: 'PERIOD_END' }) }), stops: [['LOSS', '2026-05-30', null]] },
      ['06-01 07-01 3000'],
    ],
    [
      'of several reasons the lowest',
      {
        price: price({ LOSS: instead(1500n), ARREARS_TWO_WAY: instead(600n) }),
        stops: [
          ['LOSS', '2026-06-01', '2026-06-21'],
          ['ARREARS_TWO_WAY', '2026-06-11', null],
        ],
      },
      ['06-01 06-11 500', '06-11 07-01 400'],
    ],
    [
      'the full price, where it is lower than what stands instead',
      {
        price: price({ LOSS: instead(9000n) }),
        stops: [
          ['LOSS', '2026-06-01', null],
          ['VIOLATION', '2026-06-01', null],
        ],
      },
      ['06-01 07-01 3000'],
    ],
    [
      'stopped and resumed on one day is no stop',
      { price: price({ LOSS: none() }), stops: [['LOSS', '2026-06-11', '2026-06-11']] },
      ['06-01 07-01 3000'],
    ],
  ];
  it.each(stories)('%s', (_, story, pieces) => {
    expect(told(charge(story, JUNE))).toEqual(pieces);
  });
});

describe('the bill on which a piece stands', () => {
  const advance = monthly(3000n, { timing: 'ADVANCE' });
  const stories: [string, Story, DaySpan, string[]][] = [
    ['arrears: the bill on which the period ends', { price: monthly(3000n) }, JUNE, ['07-01']],
    ['arrears of what ended within the cycle: the next', { price: monthly(3000n), end: ['2026-06-05', 'TERMINATION'] }, JUNE, ['07-01']],
    ['or at once', { price: monthly(3000n), end: ['2026-06-05', 'TERMINATION'], parameters: { changes: 'AT_ONCE' } }, JUNE, ['06-05']],
    ['advance: the bill on which the period begins', { price: advance }, JUNE, ['06-01']],
    ['advance: a first partial piece joins the next', { price: advance, start: '2026-06-11' }, JUNE, ['07-01']],
    [
      'or is billed at activation',
      { price: advance, start: '2026-06-11', parameters: { firstPartialPiece: 'AT_ACTIVATION' } },
      JUNE,
      ['06-11'],
    ],
    [
      'advance: a change within the period settles on the next',
      { price: advance, quantities: [['2026-06-11', 2]] },
      JUNE,
      ['06-01', '07-01'],
    ],
    ['or at once', { price: advance, quantities: [['2026-06-11', 2]], parameters: { changes: 'AT_ONCE' } }, JUNE, ['06-01', '06-11']],
    ['a piece of a piece stays on its bill', { price: advance }, span('2026-06-15', '2026-06-20'), ['06-01']],
    [
      'a year in arrears: the first bill after it',
      { price: monthly(3000n, { period: { unit: 'YEAR', count: 1 } }), start: '2025-06-11' },
      span('2025-06-11', '2026-06-11'),
      ['07-01'],
    ],
    [
      'a long cycle: both natural periods on one bill',
      {
        price: monthly(3000n),
        billingDays: [
          ['2020-01-01', 1],
          ['2026-06-15', 10],
        ],
      },
      span('2026-06-01', '2026-07-10'),
      ['07-10', '07-10'],
    ],
  ];
  it.each(stories)('%s', (_, story, within, days) => {
    expect(charge(story, within).map(({ billedOn }) => short(billedOn))).toEqual(days);
  });
});

describe('whatever happens', () => {
  const first = day('2026-01-01');
  const at = fc.integer({ min: first, max: first + 400 });
  const inOrder = <Change extends { from: number }>(changes: Change[]): Change[] => changes.sort((one, other) => one.from - other.from);
  const arbitrary = fc.record({
    amountMinor: fc.bigInt({ min: -50_000n, max: 50_000n }),
    anchors: fc
      .array(fc.record({ from: at, anchorDay: fc.integer({ min: 1, max: 31 }) }), { minLength: 1, maxLength: 3 })
      .map((changes): AnchorChange[] => inOrder(changes)),
    start: at,
    lasts: fc.option(fc.integer({ min: 0, max: 300 })),
    quantities: fc.array(fc.record({ from: at, quantity: fc.integer({ min: 0, max: 4 }) }), { maxLength: 3 }).map(inOrder),
    negotiated: fc
      .array(fc.record({ from: at, amountMinor: fc.option(fc.bigInt({ min: 0n, max: 9_999n })) }), { maxLength: 2 })
      .map(inOrder),
    stops: fc
      .array(fc.record({ reason: fc.constantFrom('LOSS', 'VIOLATION', 'OTHER'), from: at, lasts: fc.integer({ min: 0, max: 90 }) }), {
        maxLength: 3,
      })
      .map((stops) => inOrder(stops.map(({ reason, from, lasts }) => ({ reason, from, to: from + lasts })))),
    cuts: fc.array(at, { maxLength: 6 }),
    proration: fc.constantFrom<Proration>('BY_DAY', 'BY_DAY_30', 'FULL', 'HALF_MONTH', 'NONE'),
    months: fc.constantFrom(1, 1, 1, 3, 12),
    alignment: fc.constantFrom<'ANNIVERSARY' | 'CYCLE'>('ANNIVERSARY', 'CYCLE'),
  });
  type Case = typeof arbitrary extends fc.Arbitrary<infer Value> ? Value : never;
  const suspension: Record<string, SuspensionCharge> = { LOSS: none({ kind: 'DAYS', days: 20 }), VIOLATION: instead(777n) };

  const reckon = (one: Case, within: DaySpan, more: Partial<RecurringPrice> = {}): RecurringPiece[] => {
    const { start, lasts, quantities, negotiated, stops } = one;
    const end = lasts === null ? null : ({ day: start + lasts, by: 'TERMINATION' } as const);
    return chargeRecurring({
      price: monthly(one.amountMinor, { proration: one.proration, suspension, alignment: one.alignment, ...more }),
      instance: { start, end, quantities, negotiated, stops },
      cycles: cyclesOf(one.anchors),
      span: within,
      parameters: RECURRING_PARAMETERS,
    });
  };

  it('pieces sum to the whole for any cut of the span, and can be reckoned again by hand', () => {
    fc.assert(
      fc.property(arbitrary, (one) => {
        const period = { unit: 'MONTH', count: one.months } as const;
        const bounds = [first, ...one.cuts.sort((a, b) => a - b), first + 400];
        const parts = bounds.slice(1).map((to, place) => totalOf(reckon(one, { from: bounds[place] as number, to }, { period })));
        const pieces = reckon(one, { from: first, to: first + 400 }, { period });
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(totalOf(pieces));
        for (const { unitMinor, quantity, wholeMinor, countedBefore, counted, countedOf, amountMinor } of pieces) {
          expect(wholeMinor).toBe(unitMinor * BigInt(quantity));
          const upTo = (count: number): bigint => roundHalfAwayFromZero(wholeMinor * BigInt(count), BigInt(countedOf));
          expect(amountMinor).toBe(upTo(countedBefore + counted) - upTo(countedBefore));
        }
      }),
    );
  });

  /** Day by day and slowly: each day's price is counted in the natural period that it lies in, and each sum rounded once. */
  const slowly = (one: Case, from: DayNumber, to: DayNumber): bigint => {
    const anchorOn = (number: DayNumber): number =>
      (one.anchors.findLast((change) => change.from <= number) ?? one.anchors.findLast((change) => change.from === one.anchors[0]?.from))
        ?.anchorDay as number;
    const falls = (number: DayNumber, anchorDay: number): boolean => {
      const date = dateOf(number);
      return date.day === Math.min(anchorDay, date.daysInMonth);
    };
    const scan = (number: DayNumber, step: 1 | -1, is: (at: DayNumber) => boolean): DayNumber =>
      is(number) ? number : scan(number + step, step, is);
    const counts = new Map<string, { whole: bigint; days: number; of: number }>();
    for (let number = from; number < to; number += 1) {
      const quantity = one.quantities.findLast((change) => change.from <= number)?.quantity ?? 1;
      if (number < one.start || (one.lasts !== null && number >= one.start + one.lasts) || quantity === 0) continue;
      const end = scan(number + 1, 1, (at_) => falls(at_, anchorOn(at_)) || falls(at_, anchorOn(at_ - 1)));
      const anchorDay = falls(end, anchorOn(end - 1)) ? anchorOn(end - 1) : anchorOn(end);
      const period = { from: scan(number, -1, (at_) => falls(at_, anchorDay)), to: scan(number + 1, 1, (at_) => falls(at_, anchorDay)) };
      const ordinary = one.negotiated.findLast((change) => change.from <= number)?.amountMinor ?? one.amountMinor;
      const charges = one.stops
        .filter((stop) => stop.from <= number && number < stop.to)
        .map((stop) => (stop.reason === 'LOSS' && number < stop.from + 20 ? 0n : stop.reason === 'VIOLATION' ? 777n : ordinary));
      const unit = charges.length === 0 ? ordinary : charges.reduce((lowest, next) => (next < lowest ? next : lowest));
      const whole = unit * BigInt(quantity);
      const key = `${period.from} ${period.to} ${whole}`;
      const count = counts.get(key) ?? { whole, days: 0, of: period.to - period.from };
      counts.set(key, { ...count, days: count.days + 1 });
    }
    return [...counts.values()].reduce((sum, { whole, days, of }) => sum + roundHalfAwayFromZero(whole * BigInt(days), BigInt(of)), 0n);
  };

  it('BY_DAY comes to what a slow reckoning of each day comes to', () => {
    fc.assert(
      fc.property(arbitrary, (one) => {
        const fast = reckon({ ...one, proration: 'BY_DAY' }, { from: first, to: first + 400 });
        expect(totalOf(fast)).toBe(slowly(one, first, first + 400));
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });

  it('each chargeable day is charged once', () => {
    fc.assert(
      fc.property(arbitrary, (one) => {
        const pieces = reckon({ ...one, proration: 'BY_DAY' }, { from: first, to: first + 400 });
        pieces.slice(1).forEach((piece, place) => expect(piece.from).toBeGreaterThanOrEqual((pieces[place] as RecurringPiece).to));
        const days = Array.from({ length: 400 }, (_, number) => first + number).filter(
          (number) =>
            number >= one.start &&
            (one.lasts === null || number < one.start + one.lasts) &&
            (one.quantities.findLast((change) => change.from <= number)?.quantity ?? 1) > 0,
        );
        expect(pieces.reduce((sum, piece) => sum + piece.days, 0)).toBe(days.length);
      }),
    );
  });
});
