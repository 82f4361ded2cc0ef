import * as fc from 'fast-check';
import { computeTax, TAX_ROUNDINGS, type TaxableItem, type TaxAmounts, type TaxRounding } from './compute-tax';
import { taxOfNote } from './tax-of-note';

const incl = (amountMinor: bigint, basisPoints = 900): TaxableItem => ({ amountMinor, taxIncluded: true, basisPoints });
const excl = (amountMinor: bigint, basisPoints = 900): TaxableItem => ({ amountMinor, taxIncluded: false, basisPoints });
const taxes = (items: readonly TaxAmounts[]): bigint[] => items.map(({ taxMinor }) => taxMinor);

describe('tax of a bill', () => {
  const bills: [string, TaxRounding, TaxableItem[], bigint[], bigint[]][] = [
    ['included: 109.00 has 9.00 of 9 %', 'PER_BILL', [incl(10900n)], [900n], [900n]],
    ['not included: 100.00 bears 9.00', 'PER_BILL', [excl(10000n)], [900n], [900n]],
    // 1.00 × 9/109 = 0.082569: three are 0.247706
    ['once a rate and bill, allocated by largest remainder', 'PER_BILL', [incl(100n), incl(100n), incl(100n)], [9n, 8n, 8n], [25n]],
    ['once an item: 8.26 fen thrice', 'PER_ITEM', [incl(100n), incl(100n), incl(100n)], [8n, 8n, 8n], [24n]],
    // 9 %: 0.50 × 9 % = 4.5 fen; 6 %: 0.75 × 6 % = 4.5 fen
    ['each rate by itself: 4.5 and 4.5 are 5 and 5', 'PER_BILL', [excl(50n, 900), excl(75n, 600)], [5n, 5n], [5n, 5n]],
    ['once over all rates: 9, the tie to the earlier', 'PER_TOTAL', [excl(50n, 900), excl(75n, 600)], [5n, 4n], [5n, 4n]],
    // 1.00 without: 9 fen; 1.00 with: 8.2569 fen; together 17.2569
    ['prices with tax and without, of one rate, together', 'PER_BILL', [excl(100n), incl(100n)], [9n, 8n], [17n]],
    // −5.00 × 9/109 = −0.412844; 10.00: 0.825688; together 0.412844
    ['a credit beside a charge', 'PER_BILL', [incl(1000n), incl(-500n)], [82n, -41n], [41n]],
    ['a bill below zero', 'PER_BILL', [incl(-100n), incl(-100n), incl(-100n)], [-9n, -8n, -8n], [-25n]],
    ['half a fen away from zero: 4.5', 'PER_ITEM', [excl(50n), excl(-50n)], [5n, -5n], [0n]],
    ['nothing at 0 %', 'PER_BILL', [incl(100n, 0), excl(100n, 0)], [0n, 0n], [0n]],
    ['an item of 0', 'PER_BILL', [incl(0n), incl(10900n)], [0n, 900n], [900n]],
    [
      'rates in the order in which they occur',
      'PER_BILL',
      [incl(10600n, 600), incl(10900n, 900), incl(5300n, 600)],
      [600n, 900n, 300n],
      [900n, 900n],
    ],
  ];
  it.each(bills)('%s (%s)', (_, rounding, items, ofItems, ofRates) => {
    const bill = computeTax(items, rounding);
    expect(taxes(bill.items)).toEqual(ofItems);
    expect(taxes(bill.rates)).toEqual(ofRates);
  });

  it('says net, tax and gross, of items, rates and all', () => {
    expect(computeTax([incl(10900n), excl(10000n, 600)], 'PER_BILL')).toEqual({
      items: [
        { netMinor: 10000n, taxMinor: 900n, grossMinor: 10900n },
        { netMinor: 10000n, taxMinor: 600n, grossMinor: 10600n },
      ],
      rates: [
        { basisPoints: 900, netMinor: 10000n, taxMinor: 900n, grossMinor: 10900n },
        { basisPoints: 600, netMinor: 10000n, taxMinor: 600n, grossMinor: 10600n },
      ],
      total: { netMinor: 20000n, taxMinor: 1500n, grossMinor: 21500n },
    });
  });

  it.each(TAX_ROUNDINGS)('of nothing there is none (%s)', (rounding) => {
    const nothing = { netMinor: 0n, taxMinor: 0n, grossMinor: 0n };
    expect(computeTax([], rounding)).toEqual({ items: [], rates: [], total: nothing });
  });

  it.each([-1, 0.5, Number.NaN])('not at %d basis points', (basisPoints) => {
    expect(() => computeTax([incl(1n, basisPoints)], 'PER_BILL')).toThrow(RangeError);
  });

  const item = fc.record({
    amountMinor: fc.bigInt({ min: -1_000_000n, max: 1_000_000n }),
    taxIncluded: fc.boolean(),
    basisPoints: fc.constantFrom(0, 300, 600, 900, 1300),
  });
  const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((all, amount) => all + amount, 0n);

  it('items sum to rates, rates to the bill, and each is next to what it is due', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 15 }), fc.constantFrom(...TAX_ROUNDINGS), (items, rounding) => {
        const bill = computeTax(items, rounding);
        expect(sum(taxes(bill.items))).toBe(bill.total.taxMinor);
        expect(sum(taxes(bill.rates))).toBe(bill.total.taxMinor);
        for (const [place, { netMinor, taxMinor, grossMinor }] of bill.items.entries()) {
          const { amountMinor, taxIncluded, basisPoints } = items[place] as TaxableItem;
          expect(netMinor + taxMinor).toBe(grossMinor);
          expect(taxIncluded ? grossMinor : netMinor).toBe(amountMinor);
          const due = (Number(amountMinor) * basisPoints) / (taxIncluded ? 10_000 + basisPoints : 10_000);
          expect(Math.abs(Number(taxMinor) - due)).toBeLessThan(1);
        }
      }),
    );
  });

  it('the order of the items changes no total', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 10 }), fc.constantFrom<TaxRounding>('PER_BILL', 'PER_ITEM'), (items, rounding) => {
        expect(computeTax([...items].reverse(), rounding).total).toEqual(computeTax(items, rounding).total);
      }),
    );
  });
});

describe('the tax in a note', () => {
  const notes = (grossMinor: bigint, taxMinor: bigint, parts: readonly bigint[]) => {
    let [notedGrossMinor, notedTaxMinor] = [0n, 0n];
    return parts.map((part) => {
      const note = taxOfNote({ grossMinor, taxMinor, notedGrossMinor, notedTaxMinor }, part);
      notedGrossMinor += note?.grossMinor ?? 0n;
      notedTaxMinor += note?.taxMinor ?? 0n;
      return note?.taxMinor;
    });
  };

  it.each([
    ['in proportion: 1/3 of 9.00 each, the last the remainder', 10000n, 826n, [3333n, 3333n, 3334n], [275n, 275n, 276n]],
    ['all at once', 10900n, 900n, [10900n], [900n]],
    ['no part takes more than remains', 4n, 2n, [1n, 1n, 1n, 1n], [1n, 1n, 0n, 0n]],
    ['nothing of nothing', 10900n, 900n, [0n, 10900n], [0n, 900n]],
    ['of an item below zero', -10900n, -900n, [-5450n, -5450n], [-450n, -450n]],
    ['not more than the item', 10900n, 900n, [10000n, 901n, 900n], [826n, undefined, 74n]],
    ['nor of the other sign', 10900n, 900n, [-1n], [undefined]],
    ['of an item of 0', 0n, 0n, [0n, 1n], [0n, undefined]],
  ])('%s', (_, gross, tax, parts, expected) => {
    expect(notes(gross, tax, parts)).toEqual(expected);
  });

  it('notes over all of an item give back its tax', () => {
    const cuts = fc.array(fc.bigInt({ min: 0n, max: 50_000n }), { maxLength: 6 });
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 50_000n }), fc.bigInt({ min: 0n, max: 5_000n }), cuts, (gross, tax, places) => {
        const bounds = [0n, ...places.filter((place) => place <= gross).sort((a, b) => (a < b ? -1 : 1)), gross];
        const parts = bounds.slice(1).map((to, place) => to - (bounds[place] as bigint));
        const given = notes(gross, tax, parts);
        expect(given.reduce<bigint>((all, part) => all + (part as bigint), 0n)).toBe(tax);
        given.forEach((part) => expect((part as bigint) >= 0n).toBe(true));
      }),
    );
  });
});
