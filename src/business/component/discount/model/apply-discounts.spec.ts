import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { dayNumberOf, type DayNumber, type DaySpan } from '../../../../kernel/day-number';
import { applyDiscounts } from './apply-discounts';
import type { DiscountDefinition, DiscountEffect } from './definition';
import type { ChargeToDiscount, GrantedDiscount } from './discounted-charge';

const day = (date: string): DayNumber => dayNumberOf(Temporal.PlainDate.from(date));
const span = (from: string, to: string): DaySpan => ({ from: day(from), to: day(to) });
const JUNE = span('2026-06-01', '2026-07-01');
const ALWAYS = span('2026-01-01', '2030-01-01');
const DAY_MS = 86_400_000;

const fee = (id: string, amountMinor: bigint, more: Partial<ChargeToDiscount> = {}): ChargeToDiscount => ({
  ...{ id, kind: 'RECURRING', chargeCode: 'FEE', product: 'PLAN', priceCode: 'FEE', subscriber: 's', bundle: null, discountable: true },
  ...{ account: null, whole: null },
  ...{ amountMinor, days: JUNE, eventAt: null, period: JUNE, counts: null, quantity: 1 },
  ...more,
});
const usage = (id: string, amountMinor: bigint, date: string, more: Partial<ChargeToDiscount> = {}): ChargeToDiscount =>
  fee(id, amountMinor, {
    ...{ kind: 'USAGE', chargeCode: 'CALLS', priceCode: null, days: { from: day(date), to: day(date) + 1 }, eventAt: day(date) * DAY_MS },
    ...more,
  });
/** A part of 10.00 that a bundle costs. */
const part = (id: string, amountMinor: bigint, more: Partial<ChargeToDiscount> = {}): ChargeToDiscount =>
  fee(id, amountMinor, { subscriber: id, bundle: 'home', whole: { id: 'home', amountMinor: 1000n }, ...more });
const once = (id: string, amountMinor: bigint): ChargeToDiscount =>
  fee(id, amountMinor, { kind: 'ONE_TIME', chargeCode: 'INSTALLATION', priceCode: 'INSTALLATION', days: span('2026-06-10', '2026-06-11') });

interface Terms extends Partial<Omit<GrantedDiscount, 'definition'>>, Partial<Omit<DiscountDefinition, 'effect' | 'level'>> {
  readonly level?: DiscountDefinition['level'];
}
const granted = (id: string, effect: DiscountEffect, terms: Terms = {}): GrantedDiscount => {
  const { level = 'SUBSCRIBER', appliesTo = {}, priority = 0, exclusionGroup = null, capMinor = null, days = ALWAYS } = terms;
  return {
    id,
    definition: { effect, level, appliesTo, priority, exclusionGroup, capMinor },
    holder: terms.holder === undefined ? (level === 'SUBSCRIBER' ? 's' : null) : terms.holder,
    days,
    instants: terms.instants ?? { from: days.from * DAY_MS, to: days.to * DAY_MS },
    leftMinor: terms.leftMinor ?? null,
    used: terms.used ?? [],
  };
};
const percent = (basisPoints: number, of: 'REMAINING' | 'LIST' = 'REMAINING'): DiscountEffect => ({ kind: 'PERCENTAGE', basisPoints, of });
const amount = (amountMinor: bigint, prorated = true): DiscountEffect => ({ kind: 'AMOUNT', amountMinor, prorated });
const override = (amountMinor: bigint): DiscountEffect => ({ kind: 'PRICE_OVERRIDE', priceCode: 'FEE', amountMinor });
const waiver: DiscountEffect = { kind: 'WAIVER' };
const from16 = span('2026-06-16', '2030-01-01');

const net = (charges: ChargeToDiscount[], discounts: GrantedDiscount[]): bigint[] =>
  applyDiscounts(charges, discounts).charges.map(({ netMinor }) => netMinor);
const taken = (charges: ChargeToDiscount[], discounts: GrantedDiscount[]): string[] =>
  applyDiscounts(charges, discounts).steps.map(({ discountId, reductionMinor }) => `${discountId} ${reductionMinor}`);

describe('what one discount takes', () => {
  const june = { period: JUNE.from, days: 30 };
  const cases: [string, ChargeToDiscount[], DiscountEffect, Terms, bigint[]][] = [
    ['10 % of 30.00', [fee('a', 3000n)], percent(1000), {}, [2700n]],
    [
      'another price for one that is split: 8.99 instead of 10.00, each part less in proportion',
      [part('a', 333n), part('b', 334n), part('c', 333n)],
      override(899n),
      { level: 'BUNDLE', holder: 'home' },
      [299n, 300n, 300n],
    ],
    [
      'where a part of it is not reached, that bears its part of the other price: 2/3 of 6.00 instead of 6.67',
      [part('a', 333n), part('b', 334n), part('c', 333n, { chargeCode: 'OTHER' })],
      override(600n),
      { level: 'BUNDLE', holder: 'home', appliesTo: { chargeCodes: ['FEE'] } },
      [200n, 200n, 333n],
    ],
    [
      'that of an account on its own bill alone',
      [fee('a', 1000n, { account: 'own' }), fee('b', 1000n, { account: 'other' })],
      percent(1000),
      { level: 'ACCOUNT', holder: 'own' },
      [900n, 1000n],
    ],
    [
      'rounded once over all, allocated by largest remainder: 99.9 of 999 fen',
      [fee('a', 333n), fee('b', 333n), fee('c', 333n)],
      percent(1000),
      {},
      [299n, 300n, 300n],
    ],
    ['half a fen away from zero', [fee('a', 5n)], percent(1000), {}, [4n]],
    [
      'recurring and usage, where nothing is said',
      [fee('a', 1000n), usage('b', 1000n, '2026-06-10'), once('c', 1000n)],
      percent(5000),
      {},
      [500n, 500n, 1000n],
    ],
    ['one-time too, where it says so', [fee('a', 1000n), once('c', 1000n)], percent(5000), { appliesTo: { oneTime: true } }, [500n, 500n]],
    [
      'only the charge codes that it names',
      [fee('a', 1000n), usage('b', 1000n, '2026-06-10'), once('c', 1000n)],
      percent(5000),
      { appliesTo: { chargeCodes: ['CALLS', 'INSTALLATION'] } },
      [1000n, 500n, 500n],
    ],
    [
      'only the products that it names',
      [fee('a', 1000n), fee('b', 1000n, { product: 'OTHER' })],
      percent(5000),
      { appliesTo: { products: ['OTHER'] } },
      [1000n, 500n],
    ],
    ['nothing that is not discountable', [fee('a', 1000n, { discountable: false }), fee('b', 1000n)], percent(5000), {}, [1000n, 500n]],
    ['nothing of another subscriber', [fee('a', 1000n, { subscriber: 't' }), fee('b', 1000n)], percent(5000), {}, [1000n, 500n]],
    [
      'the bundle’s, wherever its members are',
      [fee('a', 1000n, { subscriber: 't', bundle: 'x' }), fee('b', 1000n), fee('c', 1000n, { bundle: 'y' })],
      percent(5000),
      { level: 'BUNDLE', holder: 'x' },
      [500n, 1000n, 1000n],
    ],
    [
      'everybody’s on the account',
      [fee('a', 1000n, { subscriber: 't' }), fee('b', 1000n)],
      percent(5000),
      { level: 'ACCOUNT' },
      [500n, 500n],
    ],
    ['credits are left as they are', [fee('a', -1000n), fee('b', 1000n), fee('c', 0n)], percent(5000), {}, [-1000n, 500n, 0n]],
    ['only the days on which it is valid: 15 of 30', [fee('a', 3000n)], percent(10000), { days: from16 }, [1500n]],
    [
      'usage by the time of its events',
      [usage('a', 1000n, '2026-06-15'), usage('b', 1000n, '2026-06-16')],
      percent(5000),
      { days: from16 },
      [1000n, 500n],
    ],
    [
      'to the millisecond',
      [usage('a', 1000n, '2026-06-15'), usage('b', 1000n, '2026-06-16')],
      percent(5000),
      { instants: { from: 0, to: day('2026-06-16') * DAY_MS } },
      [500n, 1000n],
    ],
    ['10.00 off, allocated in proportion', [fee('a', 3000n), fee('b', 1000n)], amount(1000n), {}, [2250n, 750n]],
    ['never below zero', [fee('a', 300n), fee('b', 100n)], amount(1000n), {}, [0n, 0n]],
    ['10.00 a month, prorated over 15 of 30 eligible days', [fee('a', 3000n)], amount(1000n), { days: from16 }, [2500n]],
    ['or not prorated: from the 15.00 of the valid days', [fee('a', 3000n)], amount(1000n, false), { days: from16 }, [2000n]],
    [
      'over the days on which something recurring is charged: 20 of 30',
      [fee('a', 2000n, { days: span('2026-06-11', '2026-07-01') })],
      amount(1000n),
      {},
      [1333n],
    ],
    [
      'days of two charges count once',
      [fee('a', 1000n, { days: span('2026-06-01', '2026-06-16') }), fee('b', 1000n, { days: span('2026-06-11', '2026-06-21') })],
      amount(1500n),
      {},
      [500n, 500n],
    ],
    ['over its valid days, where it acts on usage alone', [usage('a', 3000n, '2026-06-20')], amount(1000n), { days: from16 }, [2500n]],
    [
      'less what earlier bills used of the period',
      [usage('a', 3000n, '2026-06-20')],
      amount(1000n),
      { used: [{ ...june, amountMinor: 700n }] },
      [2700n],
    ],
    [
      'and the days that they counted: 1/3 of 10.00 before, 2/3 now',
      [fee('a', 2000n, { days: span('2026-06-11', '2026-07-01') })],
      amount(1000n),
      { used: [{ ...june, days: 10, amountMinor: 333n }] },
      [1333n],
    ],
    [
      'what other periods used does not count',
      [fee('a', 3000n)],
      amount(1000n),
      { used: [{ ...june, period: 1, amountMinor: 700n }] },
      [2000n],
    ],
    [
      'each period by itself',
      [fee('a', 3000n), fee('b', 3100n, { days: span('2026-07-01', '2026-08-01'), period: span('2026-07-01', '2026-08-01') })],
      amount(1000n),
      {},
      [2000n, 2100n],
    ],
    ['no more than its cap a period', [fee('a', 3000n), fee('b', 1000n)], percent(5000), { capMinor: 400n }, [2700n, 900n]],
    [
      'less what was used under the cap',
      [fee('a', 3000n)],
      percent(5000),
      { capMinor: 400n, used: [{ ...june, amountMinor: 300n }] },
      [2900n],
    ],
    [
      'nothing, when the cap is used up',
      [fee('a', 3000n)],
      percent(5000),
      { capMinor: 400n, used: [{ ...june, amountMinor: 500n }] },
      [3000n],
    ],
    ['no more than is left of its amount', [fee('a', 3000n)], percent(5000), { leftMinor: 99n }, [2901n]],
    [
      'over all the periods of a bill',
      [fee('a', 3000n), fee('b', 3000n, { days: span('2026-07-01', '2026-08-01'), period: span('2026-07-01', '2026-08-01') })],
      percent(5000),
      { leftMinor: 2000n },
      [1500n, 2500n],
    ],
    ['a waiver: all of it', [fee('a', 3000n), usage('b', 10n, '2026-06-01')], waiver, {}, [0n, 0n]],
    ['another price instead', [fee('a', 3000n)], override(1900n), {}, [1900n]],
    [
      'prorated as the price was: 19.00 × 10/30',
      [fee('a', 1000n, { days: span('2026-06-11', '2026-06-21'), counts: { countedBefore: 0, counted: 10, countedOf: 30 } })],
      override(1900n),
      {},
      [633n],
    ],
    ['and by quantity', [fee('a', 6000n, { quantity: 2 })], override(1900n), {}, [3800n]],
    ['for its valid days alone: 15.00 and 9.50', [fee('a', 3000n)], override(1900n), { days: from16 }, [2450n]],
    ['never a higher one', [fee('a', 3000n)], override(9900n), {}, [3000n]],
    ['for no other price', [fee('a', 3000n, { priceCode: 'OTHER' })], override(1900n), {}, [3000n]],
    [
      'free units are consumed where usage is rated',
      [usage('a', 3000n, '2026-06-01')],
      { kind: 'FREE_UNITS', usageKinds: ['CALLS'], unit: 'SECOND', amount: 60n },
      {},
      [3000n],
    ],
    [
      'a deposit comes back elsewhere',
      [fee('a', 3000n)],
      { kind: 'DEPOSIT_RETURN', depositMinor: 1n, returns: { afterMonths: 1, months: 1, totalMinor: 1n, book: 'B' } },
      {},
      [3000n],
    ],
    [
      '5 % when the bill reaches 50.00',
      [fee('a', 3000n), usage('b', 2000n, '2026-06-01')],
      { kind: 'THRESHOLD', spendMinor: 5000n, reduction: { kind: 'PERCENTAGE', basisPoints: 500 } },
      { level: 'BILL' },
      [2850n, 1900n],
    ],
    [
      'nothing, when it does not',
      [fee('a', 3000n), usage('b', 1999n, '2026-06-01')],
      { kind: 'THRESHOLD', spendMinor: 5000n, reduction: { kind: 'PERCENTAGE', basisPoints: 500 } },
      { level: 'BILL' },
      [3000n, 1999n],
    ],
    [
      '5.00 off',
      [fee('a', 3000n), usage('b', 2000n, '2026-06-01')],
      { kind: 'THRESHOLD', spendMinor: 5000n, reduction: { kind: 'AMOUNT', amountMinor: 500n } },
      { level: 'BILL' },
      [2700n, 1800n],
    ],
    [
      'the spend is that of all the periods of a bill',
      [fee('a', 3000n), fee('b', 2000n, { days: span('2026-07-01', '2026-08-01'), period: span('2026-07-01', '2026-08-01') })],
      { kind: 'THRESHOLD', spendMinor: 5000n, reduction: { kind: 'AMOUNT', amountMinor: 500n } },
      { level: 'BILL' },
      [2700n, 1800n],
    ],
  ];
  it.each(cases)('%s', (_, charges, effect, terms, expected) => {
    expect(net(charges, [granted('d', effect, terms)])).toEqual(expected);
  });
});

describe('the order of discounts', () => {
  it.each<[string, GrantedDiscount[], string[]]>([
    [
      'each acts on the remaining amount: 10 % of 30.00, 10 % of 27.00',
      [granted('a', percent(1000)), granted('b', percent(1000))],
      ['a 300', 'b 270'],
    ],
    ['or on the list price, where it says so', [granted('a', percent(1000)), granted('b', percent(1000, 'LIST'))], ['a 300', 'b 300']],
    ['no further than zero', [granted('a', percent(9500)), granted('b', percent(1000, 'LIST'))], ['a 2850', 'b 150']],
    ['another price acts on what remains too', [granted('a', percent(1000)), granted('b', override(1900n))], ['a 300', 'b 800']],
    [
      'by level first',
      [granted('a', percent(1000), { level: 'ACCOUNT' }), granted('b', percent(2000), { priority: 9 })],
      ['b 600', 'a 240'],
    ],
    [
      'all four of them',
      [
        granted('1', percent(1000), { level: 'BILL' }),
        granted('2', percent(1000), { level: 'ACCOUNT' }),
        granted('3', percent(1000), { level: 'BUNDLE', holder: 'x' }),
        granted('4', percent(1000)),
      ],
      ['4 300', '3 270', '2 243', '1 219'],
    ],
    ['then by priority', [granted('a', percent(1000), { priority: 2 }), granted('b', percent(2000), { priority: 1 })], ['b 600', 'a 240']],
    [
      'then by start',
      [granted('a', percent(1000), { days: span('2026-02-01', '2030-01-01') }), granted('b', percent(2000))],
      ['b 600', 'a 240'],
    ],
    ['then by id', [granted('b', percent(1000)), granted('a', percent(2000))], ['a 600', 'b 240']],
    [
      'two waivers of different days take each their own',
      [granted('a', waiver, { days: span('2026-06-01', '2026-06-16') }), granted('b', waiver, { days: from16 })],
      ['a 1500', 'b 1500'],
    ],
    [
      'a threshold looks at what the others left',
      [
        granted('a', { kind: 'THRESHOLD', spendMinor: 2800n, reduction: { kind: 'AMOUNT', amountMinor: 100n } }, { level: 'BILL' }),
        granted('b', percent(1000)),
      ],
      ['b 300'],
    ],
  ])('%s', (_, discounts, expected) => {
    const charges = [fee('a', 3000n, { bundle: 'x' })];
    expect(taken(charges, discounts)).toEqual(expected);
    expect(taken(charges, [...discounts].reverse())).toEqual(expected);
  });
});

describe('an exclusion group', () => {
  const g = { exclusionGroup: 'G' };
  const other = { subscriber: 't' };
  it.each<[string, ChargeToDiscount[], GrantedDiscount[], string[], string[]]>([
    [
      'the largest reduction wins, where the first member stands',
      [fee('a', 3000n)],
      [granted('a', percent(1000), g), granted('b', percent(2000), { ...g, priority: 5 }), granted('c', amount(100n), { priority: 3 })],
      ['b 600', 'c 100'],
      ['a EXCLUDED b'],
    ],
    [
      'tie by priority',
      [fee('a', 3000n)],
      [
        granted('a', percent(1000), { ...g, priority: 2, level: 'SUBSCRIBER' }),
        granted('b', percent(1000), { ...g, priority: 1, level: 'ACCOUNT' }),
      ],
      ['b 300'],
      ['a EXCLUDED b'],
    ],
    ['then by order', [fee('a', 3000n)], [granted('b', percent(1000), g), granted('a', percent(1000), g)], ['a 300'], ['b EXCLUDED a']],
    [
      'other groups are other groups',
      [fee('a', 3000n)],
      [granted('a', percent(1000), g), granted('b', percent(1000), { exclusionGroup: 'H' })],
      ['a 300', 'b 270'],
      [],
    ],
    [
      'discounts of different subscribers do not exclude each other',
      [fee('a', 3000n), fee('b', 3000n, other)],
      [granted('a', percent(1000), g), granted('b', percent(2000), { ...g, holder: 't' })],
      ['a 300', 'b 600'],
      [],
    ],
    [
      'one of the account excludes both',
      [fee('a', 3000n), fee('b', 3000n, other)],
      [
        granted('a', percent(1000), g),
        granted('b', percent(2000), { ...g, holder: 't' }),
        granted('c', percent(500), { ...g, level: 'ACCOUNT' }),
        granted('d', percent(2500), { ...g, level: 'ACCOUNT' }),
      ],
      ['d 1500'],
      ['a EXCLUDED d', 'b EXCLUDED d', 'c EXCLUDED d'],
    ],
    [
      'a winner of one subscriber excludes that of the account',
      [fee('a', 3000n), fee('b', 3000n, other)],
      [
        granted('a', percent(9000), g),
        granted('b', percent(2000), { ...g, holder: 't' }),
        granted('c', percent(500), { ...g, level: 'ACCOUNT' }),
      ],
      ['a 2700', 'b 600'],
      ['c EXCLUDED a'],
    ],
    [
      'what takes nothing excludes nobody',
      [fee('a', 3000n)],
      [granted('a', percent(0), g), granted('b', percent(1000), { ...g, appliesTo: { products: ['NONE'] } })],
      [],
      ['a NO_REDUCTION null', 'b NOTHING_ELIGIBLE null'],
    ],
  ])('%s', (_, charges, discounts, steps, idle) => {
    const bill = applyDiscounts(charges, discounts);
    expect(bill.steps.map(({ discountId, reductionMinor }) => `${discountId} ${reductionMinor}`)).toEqual(steps);
    expect(bill.idle.map(({ discountId, reason, by }) => `${discountId} ${reason} ${by}`).sort()).toEqual(idle);
  });
});

it('a step says all that it takes to reckon it again', () => {
  const charges = [fee('a', 3000n), fee('b', 1000n)];
  expect(applyDiscounts(charges, [granted('d', amount(1000n), { days: from16, capMinor: 300n })])).toEqual({
    charges: [
      { id: 'a', listMinor: 3000n, discountMinor: 225n, netMinor: 2775n },
      { id: 'b', listMinor: 1000n, discountMinor: 75n, netMinor: 925n },
    ],
    steps: [
      {
        ...{ discountId: 'd', period: JUNE, baseMinor: 2000n, proration: { days: 15, of: 30 }, computedMinor: 500n },
        ...{ reductionMinor: 300n, limitedBy: 'CAP' },
        allocations: [
          { chargeId: 'a', amountMinor: 225n },
          { chargeId: 'b', amountMinor: 75n },
        ],
      },
    ],
    idle: [],
  });
  expect(applyDiscounts(charges, [granted('d', percent(1000), { leftMinor: 5n })]).steps).toMatchObject([{ limitedBy: 'AMOUNT_LEFT' }]);
  expect(applyDiscounts([], [])).toEqual({ charges: [], steps: [], idle: [] });
});

describe('whatever is discounted', () => {
  const at = fc.integer({ min: JUNE.from - 5, max: JUNE.to + 5 });
  const days = fc.tuple(at, fc.integer({ min: 1, max: 40 })).map(([from, length]): DaySpan => ({ from, to: from + length }));
  const charge = fc.record({
    kind: fc.constantFrom<'RECURRING' | 'USAGE' | 'ONE_TIME'>('RECURRING', 'RECURRING', 'USAGE', 'ONE_TIME'),
    amountMinor: fc.bigInt({ min: -500n, max: 20_000n }),
    days,
    subscriber: fc.constantFrom('s', 't'),
    discountable: fc.constantFrom(true, true, false),
  });
  const minor = fc.bigInt({ min: 0n, max: 9_000n });
  const rate = fc.integer({ min: 0, max: 10_000 });
  const effect = fc.oneof(
    fc.tuple(rate, fc.constantFrom<'REMAINING' | 'LIST'>('REMAINING', 'LIST')).map(([basisPoints, of]) => percent(basisPoints, of)),
    fc.tuple(minor, fc.boolean()).map(([amountMinor, prorated]) => amount(amountMinor, prorated)),
    minor.map(override),
    fc.constant(waiver),
    fc.tuple(minor, rate).map(([spendMinor, basisPoints]): DiscountEffect => ({
      kind: 'THRESHOLD',
      spendMinor,
      reduction: { kind: 'PERCENTAGE', basisPoints },
    })),
  );
  const discount = fc.record({
    effect,
    level: fc.constantFrom<DiscountDefinition['level']>('SUBSCRIBER', 'ACCOUNT', 'BILL'),
    priority: fc.integer({ min: 0, max: 2 }),
    exclusionGroup: fc.constantFrom(null, null, 'G'),
    capMinor: fc.option(minor),
    leftMinor: fc.option(minor),
    oneTime: fc.boolean(),
    days,
  });
  const bill = fc.tuple(fc.array(charge, { maxLength: 6 }), fc.array(discount, { maxLength: 5 })).map(([charges, discounts]) => ({
    charges: charges.map((one, place) =>
      fee(`c${place}`, one.amountMinor, { ...one, eventAt: one.kind === 'USAGE' ? one.days.from * DAY_MS : null }),
    ),
    discounts: discounts.map(({ effect: what, oneTime, ...terms }, place) =>
      granted(`d${place}`, what, { ...terms, appliesTo: { oneTime } }),
    ),
  }));

  it('nothing falls below zero, steps sum to what is taken, and no bound is passed', () => {
    fc.assert(
      fc.property(bill, ({ charges, discounts }) => {
        const { charges: after, steps, idle } = applyDiscounts(charges, discounts);
        const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((all, one) => all + one, 0n);
        for (const { listMinor, netMinor, discountMinor } of after) {
          expect(netMinor >= (listMinor < 0n ? listMinor : 0n)).toBe(true);
          expect(discountMinor >= 0n && listMinor - discountMinor === netMinor).toBe(true);
        }
        expect(sum(steps.map(({ reductionMinor }) => reductionMinor))).toBe(sum(after.map(({ discountMinor }) => discountMinor)));
        for (const { allocations, reductionMinor, computedMinor } of steps) {
          expect(sum(allocations.map(({ amountMinor }) => amountMinor))).toBe(reductionMinor);
          expect(reductionMinor <= computedMinor).toBe(true);
        }
        for (const { id, leftMinor, definition } of discounts) {
          const own = steps.filter(({ discountId }) => discountId === id);
          if (leftMinor !== null) expect(sum(own.map(({ reductionMinor }) => reductionMinor)) <= leftMinor).toBe(true);
          for (const { reductionMinor } of own) expect(definition.capMinor === null || reductionMinor <= definition.capMinor).toBe(true);
          expect(own.length > 0).not.toBe(idle.some(({ discountId }) => discountId === id));
        }
      }),
    );
  });

  it('the order in which discounts are given changes nothing, that of charges no total', () => {
    fc.assert(
      fc.property(bill, ({ charges, discounts }) => {
        const given = applyDiscounts(charges, discounts);
        expect(applyDiscounts(charges, [...discounts].reverse())).toMatchObject({ charges: given.charges, steps: given.steps });
        const first = given.steps[0];
        const turned = applyDiscounts([...charges].reverse(), discounts).steps[0];
        expect(turned?.reductionMinor).toBe(first?.reductionMinor);
      }),
    );
  });
});
