import { roundHalfAwayFromZero } from '../../../../kernel/money';
import { allocateByLargestRemainder } from '../../../../kernel/split';

/** Where tax is rounded (domain.md §5.7): once a rate and bill, once an item, or once a bill over all rates. */
export const TAX_ROUNDINGS = ['PER_BILL', 'PER_ITEM', 'PER_TOTAL'] as const;
export type TaxRounding = (typeof TAX_ROUNDINGS)[number];

export interface TaxableItem {
  /** As its price declares, with tax or without, after discounts. Of either sign. */
  readonly amountMinor: bigint;
  readonly taxIncluded: boolean;
  /** The rate in force for it, as 900 for 9 % of the amount without tax. */
  readonly basisPoints: number;
}

export interface TaxAmounts {
  readonly netMinor: bigint;
  readonly taxMinor: bigint;
  readonly grossMinor: bigint;
}

export interface RateTax extends TaxAmounts {
  readonly basisPoints: number;
}

export interface TaxedBill {
  /** In the order of the items. */
  readonly items: readonly TaxAmounts[];
  /** A line for each rate, in the order in which the rates first occur; the items of a rate sum to it. */
  readonly rates: readonly RateTax[];
  readonly total: TaxAmounts;
}

/** Basis points are parts of 10,000 of the amount without tax. */
const WHOLE = 10_000n;
const NOTHING: TaxAmounts = { netMinor: 0n, taxMinor: 0n, grossMinor: 0n };

/** The items of one rate, and the exact tax that each is due, over one denominator. */
interface RateGroup {
  readonly basisPoints: number;
  readonly places: readonly number[];
  readonly dues: readonly bigint[];
  readonly denominator: bigint;
}

/**
 * Tax of a bill. What an item is due exactly is amount × rate without tax in it, and amount × rate / (1 + rate) with it; both
 * kinds of one rate are rounded together. What was rounded is allocated by largest remainder: to rates, where it is rounded
 * over all of them, then to items, so that items sum to rates, and rates to the bill.
 */
export function computeTax(items: readonly TaxableItem[], rounding: TaxRounding): TaxedBill {
  const groups = groupsByRate(items);
  const taxOfRates =
    rounding === 'PER_TOTAL'
      ? roundedOverAll(groups)
      : groups.map(({ dues, denominator }) => roundHalfAwayFromZero(sumOf(dues), denominator));
  const taxed: TaxAmounts[] = items.map(() => NOTHING);
  const rates = groups.map((group, place): RateTax => {
    const taxes =
      rounding === 'PER_ITEM' ? roundedEach(group) : allocateByLargestRemainder(taxOfRates[place] ?? 0n, group.dues, group.denominator);
    group.places.forEach((item, part) => (taxed[item] = amountsOf(items[item] as TaxableItem, taxes[part] ?? 0n)));
    return { basisPoints: group.basisPoints, ...totalOf(group.places.map((item) => taxed[item] ?? NOTHING)) };
  });
  return { items: taxed, rates, total: totalOf(rates) };
}

function groupsByRate(items: readonly TaxableItem[]): RateGroup[] {
  const places = new Map<number, number[]>();
  items.forEach(({ basisPoints }, place) => {
    if (!(Number.isInteger(basisPoints) && basisPoints >= 0)) throw new RangeError(`a rate of ${basisPoints} basis points`);
    const known = places.get(basisPoints);
    if (known === undefined) places.set(basisPoints, [place]);
    else known.push(place);
  });
  return [...places].map(([basisPoints, within]) => {
    const rate = BigInt(basisPoints);
    const dues = within.map((place) => {
      const { amountMinor, taxIncluded } = items[place] as TaxableItem;
      return amountMinor * rate * (taxIncluded ? WHOLE : WHOLE + rate);
    });
    return { basisPoints, places: within, dues, denominator: WHOLE * (WHOLE + rate) };
  });
}

/** Sums of different denominators are rounded over their product, and allocated to rates. */
function roundedOverAll(groups: readonly RateGroup[]): bigint[] {
  const denominator = groups.reduce((product, group) => product * group.denominator, 1n);
  const dues = groups.map((group) => sumOf(group.dues) * (denominator / group.denominator));
  return allocateByLargestRemainder(roundHalfAwayFromZero(sumOf(dues), denominator), dues, denominator);
}

function roundedEach({ dues, denominator }: RateGroup): bigint[] {
  return dues.map((due) => roundHalfAwayFromZero(due, denominator));
}

function amountsOf({ amountMinor, taxIncluded }: TaxableItem, taxMinor: bigint): TaxAmounts {
  return taxIncluded
    ? { netMinor: amountMinor - taxMinor, taxMinor, grossMinor: amountMinor }
    : { netMinor: amountMinor, taxMinor, grossMinor: amountMinor + taxMinor };
}

function totalOf(amounts: readonly TaxAmounts[]): TaxAmounts {
  return amounts.reduce(
    (sum, { netMinor, taxMinor, grossMinor }) => ({
      netMinor: sum.netMinor + netMinor,
      taxMinor: sum.taxMinor + taxMinor,
      grossMinor: sum.grossMinor + grossMinor,
    }),
    NOTHING,
  );
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}
