import type { ProductDefinition, RecurringPrice } from './definition';
import { atNode, checkNodePrice } from './node-prices';

const price = (more: Partial<RecurringPrice> = {}): RecurringPrice => ({
  kind: 'RECURRING', code: 'FEE', name: { zh: '月租', en: 'Fee' }, chargeCode: 'MONTHLY', taxIncluded: true, timing: 'ARREARS',
  period: { unit: 'MONTH', count: 1 }, alignment: 'ANNIVERSARY', proration: 'BY_DAY',
  phases: [{ periods: 3, amountMinor: 999n }, { periods: null, amountMinor: 3_000n }],
  trial: null, suspension: {}, authority: { reductionBasisPoints: 1_000, increaseBasisPoints: 500 }, ...more,
}); // prettier-ignore
const { authority: _, ...FIXED } = price({ code: 'FIXED' });
const DEFINITION: ProductDefinition = {
  prices: [price(), FIXED],
  rules: { requires: [], excludes: [], atMost: 1 },
  eligibility: {},
  term: null,
  quantity: { least: 1, most: 1, standard: 1 },
};

describe('checkNodePrice', () => {
  // 9.99 less 10 % is 8.991: 9.00 is the least; with 5 % more 10.4895: 10.48 the most.
  it.each<[string, string, bigint[], object | undefined]>([
    ['the list prices', 'FEE', [999n, 3_000n], undefined],
    ['the least', 'FEE', [900n, 2_700n], undefined],
    ['the most', 'FEE', [1_048n, 3_150n], undefined],
    ['a fen below the least', 'FEE', [899n, 2_700n], { problem: 'BEYOND_PRICE_AUTHORITY', place: 0, least: 900n, most: 1_048n }],
    ['a fen above the most', 'FEE', [999n, 3_151n], { problem: 'BEYOND_PRICE_AUTHORITY', place: 1, least: 2_700n, most: 3_150n }],
    ['too few amounts', 'FEE', [999n], { problem: 'AMOUNTS_MISMATCH', place: null, count: 2 }],
    ['a price without authority', 'FIXED', [999n, 3_000n], { problem: 'NO_PRICE_AUTHORITY', place: null }],
    ['no such price', 'OTHER', [1n], { problem: 'PRICE_UNKNOWN', place: null }],
  ])('%s', (_what, code, amounts, problem) => {
    expect(checkNodePrice(DEFINITION, code, amounts)).toEqual(problem);
  });
});

describe('atNode', () => {
  const amounts = (definition: ProductDefinition): bigint[][] =>
    definition.prices.map((one) => (one.kind === 'RECURRING' ? one.phases.map(({ amountMinor }) => amountMinor) : []));

  it('takes the nearest node that names a price, and the list price where none does', () => {
    const nodes = [{}, { FEE: [950n, 2_800n] }, { FEE: [900n, 2_700n] }];
    expect(amounts(atNode(DEFINITION, nodes))).toEqual([[950n, 2_800n], [999n, 3_000n]]); // prettier-ignore
    expect(atNode(DEFINITION, [{}])).toBe(DEFINITION);
  });

  it('leaves out what the version does not allow', () => {
    const nodes = [{ FEE: [1n, 1n], FIXED: [1n, 1n], OTHER: [1n] }];
    expect(amounts(atNode(DEFINITION, nodes))).toEqual(amounts(DEFINITION));
  });
});
