import type { Id } from '../../../../kernel/id';
import type { Json } from '../../../../kernel/stable-json';
import type { Reservation } from '../../discount';

/** What a quotation takes from the budgets of discounts, as it is kept with it. */
export function writeBudgets(budgets: readonly Reservation[]): Json {
  return budgets.map(({ itemNo, discountId, amountMinor }) => ({ itemNo, discountId, amountMinor: amountMinor.toString() }));
}

/** Reads it as it was kept. */
export function readBudgets(json: Json): Reservation[] {
  const kept = json as unknown as readonly { readonly itemNo: number; readonly discountId: Id<'discount'>; readonly amountMinor: string }[];
  return kept.map((one) => ({ ...one, amountMinor: BigInt(one.amountMinor) }));
}
