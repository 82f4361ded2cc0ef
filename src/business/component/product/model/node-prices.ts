import type { BundleDefinition, Price, ProductDefinition } from './definition';

/** The amounts that a node asks instead, by price code: one, or of a recurring price one for each phase. */
export type NodePrices = Readonly<Record<string, readonly bigint[]>>;

/** What is wrong with a changed price. */
export type PriceProblem =
  | { readonly problem: 'PRICE_UNKNOWN' | 'NO_PRICE_AUTHORITY'; readonly place: null }
  | { readonly problem: 'AMOUNTS_MISMATCH'; readonly place: null; readonly count: number }
  | { readonly problem: 'BEYOND_PRICE_AUTHORITY'; readonly place: number; readonly least: bigint; readonly most: bigint };

type Definition = Pick<ProductDefinition | BundleDefinition, 'prices'>;

/** The amounts of a price that can be changed, in order; none of usage, whose tariff says what it costs. */
export function amountsOf(price: Price): readonly bigint[] {
  switch (price.kind) {
    case 'ONE_TIME':
    case 'DEPOSIT':
      return [price.amountMinor];
    case 'RECURRING':
      return price.phases.map(({ amountMinor }) => amountMinor);
    case 'USAGE':
      return [];
  }
}

/** Whether a node may ask these amounts for a price of a version: within the authority that the version gives, and never beyond. */
export function checkNodePrice({ prices }: Definition, code: string, amounts: readonly bigint[]): PriceProblem | undefined {
  const price = prices.find((one: Price) => one.code === code);
  if (price === undefined) return { problem: 'PRICE_UNKNOWN', place: null };
  const { authority } = price;
  if (authority === undefined || price.kind === 'USAGE') return { problem: 'NO_PRICE_AUTHORITY', place: null };
  const list = amountsOf(price);
  if (amounts.length !== list.length) return { problem: 'AMOUNTS_MISMATCH', place: null, count: list.length };
  for (const [place, amount] of amounts.entries()) {
    const listed = list[place] as bigint;
    // The least is rounded up and the most down: never beyond, not even by a part of a minor unit.
    const least = (listed * BigInt(10_000 - authority.reductionBasisPoints) + 9_999n) / 10_000n;
    const most = (listed * BigInt(10_000 + authority.increaseBasisPoints)) / 10_000n;
    if (amount < least || amount > most) return { problem: 'BEYOND_PRICE_AUTHORITY', place, least, most };
  }
  return undefined;
}

/**
 * The definition with the amounts that hold at a node: of several nodes on the way up the nearest that names a price. A change
 * that the version does not allow (it was made for an earlier one) is as if it were not there: the list price holds, and `setAside` names it.
 */
export function atNode<Of extends Definition>(definition: Of, nearestFirst: readonly NodePrices[]): Of {
  if (nearestFirst.every((prices) => Object.keys(prices).length === 0)) return definition;
  const prices = (definition.prices as readonly Price[]).map((price) => {
    const amounts = nearestFirst.find((node) => node[price.code] !== undefined)?.[price.code];
    return amounts === undefined || checkNodePrice(definition, price.code, amounts) !== undefined ? price : withAmounts(price, amounts);
  });
  return { ...definition, prices };
}

/** Codes of the prices that a node changed for an earlier version, beyond what this one allows: there the list price holds again. */
export function setAside(definition: Definition, nearestFirst: readonly NodePrices[]): string[] {
  return (definition.prices as readonly Price[]).flatMap(({ code }) => {
    const amounts = nearestFirst.find((node) => node[code] !== undefined)?.[code];
    return amounts !== undefined && checkNodePrice(definition, code, amounts) !== undefined ? [code] : [];
  });
}

function withAmounts(price: Price, amounts: readonly bigint[]): Price {
  if (price.kind === 'RECURRING') {
    return { ...price, phases: price.phases.map((phase, place) => ({ ...phase, amountMinor: amounts[place] ?? phase.amountMinor })) };
  }
  return price.kind === 'USAGE' ? price : { ...price, amountMinor: amounts[0] ?? price.amountMinor };
}
