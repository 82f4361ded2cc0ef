import type { Unit } from '../../context';
import { giveBackReservations, reserveFromBudget, type Reservation } from '../../../data/operation/discount/discount-reservation';
import type { Id } from '../../../kernel/id';

/**
 * Takes what an order grants from the budgets of discounts, and keeps it with the order. The budgets' rows are locked until the unit
 * ends, in the order of the discounts: do it last.
 * @returns the first that a budget is too small for; undefined when all were taken
 */
export async function reserveBudgets(
  unit: Pick<Unit, 'transaction' | 'now'>,
  orderId: Id<'order'>,
  reservations: readonly Reservation[],
): Promise<Reservation | undefined> {
  const inOrder = [...reservations].sort((one, other) =>
    one.discountId === other.discountId ? one.itemNo - other.itemNo : one.discountId < other.discountId ? -1 : 1,
  );
  for (const reservation of inOrder) {
    if (reservation.amountMinor === 0n) continue;
    if (!(await reserveFromBudget(unit.transaction, orderId, reservation, unit.now))) return reservation;
  }
  return undefined;
}

/** Gives back what items of a locked order took from budgets, each once: those named, or all. */
export function giveBackBudgets(
  { transaction }: Pick<Unit, 'transaction'>,
  orderId: Id<'order'>,
  itemNos: readonly number[] | null = null,
): Promise<void> {
  return giveBackReservations(transaction, orderId, itemNos);
}
