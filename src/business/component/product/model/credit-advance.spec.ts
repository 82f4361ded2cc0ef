import { Temporal } from 'temporal-polyfill';
import { cyclesOf } from '../../../../kernel/cycle';
import { dayNumberOf } from '../../../../kernel/day-number';
import { chargeRecurring, RECURRING_PARAMETERS, totalOf } from './charge-recurring';
import { correctBilled } from './credit-advance';
import type { RecurringPrice } from './definition';

describe('what a final bill said is corrected on the next open one', () => {
  it.each([
    ['credit = billed − ideal of the used part', { billedMinor: 3000n, idealMinor: 1000n, takenOffMinor: 0n }, -2000n],
    ['what cost more is charged', { billedMinor: 3000n, idealMinor: 5000n, takenOffMinor: 0n }, 2000n],
    ['nothing, where it was right', { billedMinor: 3000n, idealMinor: 3000n, takenOffMinor: 2500n }, 0n],
    ['never more than remains after an adjustment of 15.00', { billedMinor: 3000n, idealMinor: 1000n, takenOffMinor: 1500n }, -1500n],
    [
      'an adjustment of 5.00 is not part of the ideal: 20.00 all the same',
      { billedMinor: 3000n, idealMinor: 1000n, takenOffMinor: 500n },
      -2000n,
    ],
    ['nothing, where all was taken off', { billedMinor: 3000n, idealMinor: 1000n, takenOffMinor: 3000n }, 0n],
    ['nor, where more was', { billedMinor: 3000n, idealMinor: 1000n, takenOffMinor: 3500n }, 0n],
    ['what is charged again is not capped', { billedMinor: 3000n, idealMinor: 4000n, takenOffMinor: 3000n }, 1000n],
    ['all of it was unused', { billedMinor: 3000n, idealMinor: 0n, takenOffMinor: 0n }, -3000n],
    ['never billed', { billedMinor: 0n, idealMinor: 700n, takenOffMinor: 0n }, 700n],
    ['an item below zero, alike', { billedMinor: -3000n, idealMinor: -1000n, takenOffMinor: 0n }, 2000n],
    ['and no more than remains of it', { billedMinor: -3000n, idealMinor: -1000n, takenOffMinor: 1500n }, 1500n],
    ['a rebate never billed', { billedMinor: 0n, idealMinor: -700n, takenOffMinor: 0n }, -700n],
  ])('%s', (_, billed, amountMinor) => {
    expect(correctBilled(billed)).toEqual({ amountMinor, uncappedMinor: billed.idealMinor - billed.billedMinor });
  });

  it('a month of 30.00 in advance, ended on the 11th: 20.00 come back', () => {
    const day = (date: string) => dayNumberOf(Temporal.PlainDate.from(date));
    const price: RecurringPrice = {
      ...{ kind: 'RECURRING', code: 'FEE', name: { zh: '月租', en: 'Fee' }, chargeCode: 'FEE', taxIncluded: true, timing: 'ADVANCE' },
      ...{ period: { unit: 'MONTH', count: 1 }, alignment: 'CYCLE', proration: 'BY_DAY', trial: null, suspension: {} },
      phases: [{ periods: null, amountMinor: 3000n }],
    }; // prettier-ignore
    const month = (end: string | null) =>
      totalOf(
        chargeRecurring({
          price,
          instance: {
            start: day('2026-01-01'),
            end: end === null ? null : { day: day(end), by: 'TERMINATION' },
            quantities: [],
            negotiated: [],
            stops: [],
          },
          cycles: cyclesOf([{ from: 0, anchorDay: 1 }]),
          span: { from: day('2026-06-01'), to: day('2026-07-01') },
          parameters: RECURRING_PARAMETERS,
        }),
      );
    const billed = { billedMinor: month(null), idealMinor: month('2026-06-11'), takenOffMinor: 0n };
    expect(billed).toEqual({ billedMinor: 3000n, idealMinor: 1000n, takenOffMinor: 0n });
    expect(correctBilled(billed).amountMinor).toBe(-2000n);
  });
});
