import { roundHalfAwayFromZero } from '../../../../kernel/money';
import type { TaxAmounts } from './compute-tax';

/** An item that stands on a final bill, and what notes took of it already. */
export interface NotedItem {
  readonly grossMinor: bigint;
  /** The tax that was allocated to it, at the rate of then. */
  readonly taxMinor: bigint;
  readonly notedGrossMinor: bigint;
  readonly notedTaxMinor: bigint;
}

/**
 * The tax in a note over part of an item 红字: in proportion to what was allocated to the item, the last part the remainder, so that
 * notes over all of it give back its tax and no fen more. A part takes no more than remains.
 * @param grossMinor how much of the item, tax included, of the item's sign
 * @returns undefined where the item has not so much left
 */
export function taxOfNote(item: NotedItem, grossMinor: bigint): TaxAmounts | undefined {
  const sign = item.grossMinor < 0n ? -1n : 1n;
  const left = (item.grossMinor - item.notedGrossMinor) * sign;
  const wanted = grossMinor * sign;
  if (wanted < 0n || wanted > left) return undefined;
  const taxLeft = item.taxMinor - item.notedTaxMinor;
  const taxMinor = wanted === left ? taxLeft : proportionOf(item, grossMinor, taxLeft, sign);
  return { netMinor: grossMinor - taxMinor, taxMinor, grossMinor };
}

function proportionOf(item: NotedItem, grossMinor: bigint, taxLeft: bigint, sign: bigint): bigint {
  const tax = roundHalfAwayFromZero(item.taxMinor * grossMinor * sign, item.grossMinor * sign);
  return tax * sign > taxLeft * sign ? taxLeft : tax;
}
