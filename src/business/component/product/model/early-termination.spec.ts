import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { cyclesOf } from '../../../../kernel/cycle';
import { dateOf, dayNumberOf, type DayNumber } from '../../../../kernel/day-number';
import { RECURRING_PARAMETERS } from './charge-recurring';
import type { EarlyTermination, RecurringPrice, TermContract } from './definition';
import { chargeEarlyTermination, remainingFeesOf, termOn } from './early-termination';

const day = (date: string): DayNumber => dayNumberOf(Temporal.PlainDate.from(date));
const contract = (earlyTermination: EarlyTermination, more: Partial<TermContract> = {}): TermContract => ({
  months: 12,
  earlyTermination: { ...earlyTermination, chargeCode: 'PENALTY', taxIncluded: true },
  renewal: 'OPEN',
  ...more,
});
const fixed = (more: Partial<TermContract> = {}): TermContract => contract({ kind: 'FIXED', amountMinor: 20000n }, more);
const from = (start: string, pausedDays = 0) => ({ start: day(start), pausedDays });

describe('the term that binds', () => {
  it.each([
    ['2026-03-15', '2026-03-15', fixed(), '2026-03-15 2027-03-15 1'],
    ['2026-03-15', '2027-03-14', fixed(), '2026-03-15 2027-03-15 1'],
    ['2026-03-15', '2027-03-15', fixed(), undefined],
    ['2026-03-15', '2026-03-14', fixed(), undefined],
    ['2026-03-15', '2027-03-15', fixed({ renewal: 'END' }), undefined],
    ['2026-03-15', '2027-03-15', fixed({ renewal: 'SAME_TERM' }), '2027-03-15 2028-03-15 2'],
    ['2026-03-15', '2030-03-14', fixed({ renewal: 'SAME_TERM' }), '2029-03-15 2030-03-15 4'],
    ['2026-08-31', '2026-09-01', fixed({ months: 6 }), '2026-08-31 2027-02-28 1'],
    ['2026-08-31', '2027-02-28', fixed({ months: 6, renewal: 'SAME_TERM' }), '2027-02-28 2027-08-31 2'],
    ['2028-02-29', '2029-02-28', fixed({ renewal: 'SAME_TERM' }), '2029-02-28 2030-02-28 2'],
    ['2026-03-15', '2026-03-15', fixed({ months: 0 }), undefined],
  ])('from %s, on %s', (start, on, terms, expected) => {
    const term = termOn(terms, from(start), day(on));
    expect(term && `${dateOf(term.from).toString()} ${dateOf(term.to).toString()} ${term.number}`).toBe(expected);
  });

  it('is longer by a pause, where terms do not run on', () => {
    expect(termOn(fixed(), from('2026-03-15', 10), day('2027-03-24'))).toEqual({
      from: day('2026-03-15'),
      to: day('2027-03-25'),
      number: 1,
    });
    expect(termOn(fixed(), from('2026-03-15', 10), day('2027-03-25'))).toBeUndefined();
    const next = { from: day('2027-03-25'), to: day('2028-03-25'), number: 2 };
    expect(termOn(fixed({ renewal: 'SAME_TERM' }), from('2026-03-15', 10), day('2027-03-25'))).toEqual(next);
  });

  it('holds the day, and follows the one before, whatever the contract', () => {
    const any = fc.tuple(fc.integer({ min: 10_000, max: 30_000 }), fc.integer({ min: 1, max: 36 }), fc.integer({ min: 0, max: 90 }));
    fc.assert(
      fc.property(any, fc.integer({ min: 0, max: 5000 }), ([start, months, pausedDays], later) => {
        const term = termOn(fixed({ months, renewal: 'SAME_TERM' }), { start, pausedDays }, start + later);
        expect(term && term.from <= start + later && start + later < term.to).toBe(true);
      }),
    );
  });
});

describe('what it costs to leave', () => {
  const none = () => 0n;
  const byMonth = contract({ kind: 'BY_MONTH', amountsMinor: [30000n, 25000n, 20000n] });
  it.each([
    ['a fixed amount', fixed(), '2026-06-01', 20000n],
    ['nothing after the term', fixed(), '2027-03-15', undefined],
    ['by the month in which it ends: the first', byMonth, '2026-04-14', 30000n],
    ['the second begins a month after the contract', byMonth, '2026-04-15', 25000n],
    ['the third', byMonth, '2026-06-14', 20000n],
    ['nothing for a month that the table does not name', byMonth, '2026-06-15', 0n],
    ['on the very day on which it was made', byMonth, '2026-03-15', 30000n],
  ])('%s', (_, terms, on, amount) => {
    expect(chargeEarlyTermination(terms, from('2026-03-15'), day(on), none)?.amountMinor).toBe(amount);
  });

  it('30 % of the remaining fees, in phases: 15 days and 2 months at 30.00, then 5 months and 14 days at 50.00', () => {
    const price: RecurringPrice = {
      ...{ kind: 'RECURRING', code: 'FEE', name: { zh: '月租', en: 'Fee' }, chargeCode: 'FEE', taxIncluded: true, timing: 'ARREARS' },
      ...{ period: { unit: 'MONTH', count: 1 }, alignment: 'CYCLE', proration: 'BY_DAY', trial: null, suspension: {} },
      phases: [{ periods: 6, amountMinor: 3000n }, { periods: null, amountMinor: 5000n }],
    }; // prettier-ignore
    const charge = {
      price,
      instance: {
        start: day('2026-03-15'),
        end: { day: day('2026-06-16'), by: 'TERMINATION' as const },
        quantities: [],
        negotiated: [],
        stops: [{ reason: 'LOSS', from: day('2026-06-01'), to: null }],
      },
      cycles: cyclesOf([{ from: 0, anchorDay: 1 }]),
      parameters: RECURRING_PARAMETERS,
    };
    const terms = contract({ kind: 'PERCENTAGE_OF_REMAINING', basisPoints: 3000 });
    const on = day('2026-06-16');
    const left = chargeEarlyTermination(terms, from('2026-03-15'), on, (term) => remainingFeesOf([charge], on, term));
    // June 30.00 × 15/30 = 15.00, July and August 60.00, September to February 300.00, March 50.00 × 14/31 = 22.58: 397.58 × 30 % = 119.274
    expect(left).toMatchObject({ remainingFeesMinor: 39758n, amountMinor: 11927n, month: 4 });
  });
});
