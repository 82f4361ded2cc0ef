import { insertOrderPayment, selectOrderPayments } from '../../../data/operation/order/order-payment';
import type { Unit } from '../../context';
import { invariant } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import { postEntry, refund, reverseEntry } from '../ledger';
import { linesOf } from './lines-of';
import { partsOfPayment } from './model/payment-parts';
import type { OrderInHand } from './order-in-hand';
import { dueParts } from './record-payment';

/**
 * Gives back what was paid for an order that comes to nothing 退费: the charge is taken back, and each payment is returned the way
 * it came. `wide` is the unit with the system's scope.
 */
export async function giveBackPayments(wide: Unit, inHand: OrderInHand): Promise<void> {
  const { order, items } = inHand;
  // What discounts took all of was charged without a payment.
  if (order.paid.amountMinor === 0n && order.feeEntryId === null) return;
  const { id: orderId, accountId, organisationId, feeEntryId } = order;
  if (feeEntryId !== null) {
    const entryId = feeEntryId as Id<'ledgerEntry'>;
    const mirror = await reverseEntry(wide, { accountId, entryId, cause: { kind: 'ORDER', id: orderId } });
    invariant(mirror !== undefined, 'what an order charged is taken back once');
  }
  const due = dueParts(await linesOf(wide, order.quotationId), items);
  const payments = (await selectOrderPayments(wide, [orderId])).filter(({ kind }) => kind === 'PAYMENT');
  let paidBefore = 0n;
  for (const { id: refundsId, method, amount } of payments) {
    const { amountMinor, currency } = amount;
    const { feeMinor: overpaidMinor, deposits } = partsOfPayment(due, paidBefore, amountMinor);
    paidBefore += amountMinor;
    const id = newId('orderPayment');
    const posting = refund({ currency, method, overpaidMinor, prepaidMinor: 0n, deposits });
    invariant(posting !== undefined, 'a payment has an amount');
    const ledgerEntryId = await postEntry(wide, { ...posting, cause: { kind: 'ORDER_PAYMENT', id }, organisationId, accountId });
    const by = { actorKind: wide.actor.kind, actorId: wide.actor.id, at: wide.now };
    const back = { id, orderId, kind: 'REFUND' as const, method, amountMinor, currency, reference: null, refundsId, ledgerEntryId };
    await insertOrderPayment(wide.transaction, { ...back, ...by });
  }
  inHand.changes = { ...inHand.changes, paidMinor: 0n };
}
