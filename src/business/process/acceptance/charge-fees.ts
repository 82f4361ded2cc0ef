import { chargeOrder, linesOf, type OrderInHand, type QuoteLine } from '../../component/order';
import type { Accepting } from './order-kind';

/** Whether there are fees that are due at once, be it that nothing is left of them to pay. */
export function hasFees(lines: readonly QuoteLine[]): boolean {
  return lines.some(({ dueNow, kind }) => dueNow && kind !== 'DEPOSIT' && kind !== 'TAX');
}

/**
 * Charges the fees of an order as it begins 受理收费: until then what was paid for it stands to the account's credit, since nothing has
 * been done for it. Where discounts take all of them, or more is given back, they stand in the books all the same. The account has
 * been locked for change.
 */
export async function chargeFees({ wide }: Accepting, inHand: OrderInHand, known?: readonly QuoteLine[]): Promise<void> {
  const { order, changes } = inHand;
  const accountId = changes.accountId === undefined ? order.accountId : changes.accountId;
  if (accountId === null || order.feeEntryId !== null) return;
  const lines = known ?? (await linesOf(wide, changes.quotationId ?? order.quotationId));
  if (!hasFees(lines)) return;
  await chargeOrder(wide, inHand, accountId, lines);
}
