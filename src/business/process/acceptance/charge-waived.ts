import { chargeOrder, linesOf, type OrderInHand, type QuoteLine } from '../../component/order';
import type { Accepting } from './order-kind';

/** Whether nothing is to be paid for fees that there are: discounts take all of them, or more is given back. */
export function isWaived(lines: readonly QuoteLine[], dueMinor: bigint): boolean {
  return dueMinor === 0n && lines.some(({ dueNow, kind }) => dueNow && (kind === 'DISCOUNT' || kind === 'PENALTY_RETURN'));
}

/**
 * Charges the fees of an order for which nothing is to be paid, as it begins: no payment will, and what was charged and what was taken
 * off stand in the books all the same. Its account has been locked for change.
 */
export async function chargeWaived({ wide }: Accepting, inHand: OrderInHand, known?: readonly QuoteLine[]): Promise<void> {
  const { order, items, changes } = inHand;
  const accountId = changes.accountId === undefined ? order.accountId : changes.accountId;
  const dueMinor = changes.dueMinor ?? order.due.amountMinor;
  if (accountId === null || dueMinor > 0n || order.feeEntryId !== null) return;
  const lines = known ?? (await linesOf(wide, changes.quotationId ?? order.quotationId));
  if (!isWaived(lines, dueMinor)) return;
  const feeEntryId = await chargeOrder(wide, { ...order, accountId }, items, lines);
  if (feeEntryId !== null) inHand.changes = { ...inHand.changes, feeEntryId };
}
