import type { OrderItem } from '../../../data/operation/order/order-item';
import { insertOrderPayment } from '../../../data/operation/order/order-payment';
import type { OrderPaymentMethod } from '../../../data/operation/order/order-payment-kind';
import type { Unit } from '../../context';
import { newId } from '../../../kernel/id';
import type { Money } from '../../../kernel/money';
import { depositReceived, paymentReceived, type Posting } from '../ledger';
import { partsOfDue, partsOfPayment, type PaymentParts } from './model/payment-parts';
import type { QuoteLine } from './model/quote-line';
import type { OrderInHand } from './order-in-hand';

export interface NewOrderPayment {
  readonly method: OrderPaymentMethod;
  readonly amount: Money;
  readonly reference: string;
}

/** What an order asks for at once, part by part. */
export function dueParts(lines: readonly QuoteLine[], items: readonly OrderItem[]): PaymentParts {
  return partsOfDue(lines, (itemNo) => items.find((item) => item.itemNo === itemNo)?.subscriberId ?? null);
}

/** Records a payment of an order in hand: for its fees first, then for its deposits. {@link keepOrder} posts it. */
export async function recordPayment(
  unit: Unit,
  inHand: OrderInHand,
  lines: readonly QuoteLine[],
  { method, amount, reference }: NewOrderPayment,
): Promise<void> {
  const { id: orderId, organisationId, accountId, paid } = inHand.order;
  const id = newId('orderPayment');
  const { amountMinor, currency } = amount;
  const { feeMinor, deposits } = partsOfPayment(dueParts(lines, inHand.items), paid.amountMinor, amountMinor);
  const postings = [
    paymentReceived({ currency, method, settledMinor: feeMinor, prepaidMinor: 0n }),
    depositReceived(currency, method, deposits),
  ].filter((posting): posting is Posting => posting !== undefined);
  const cause = { kind: 'ORDER_PAYMENT' as const, id };
  const entries = postings.map((posting) => ({ ...posting, id: newId('ledgerEntry'), cause, organisationId, accountId }));
  inHand.entries.push(...entries);
  inHand.changes = { ...inHand.changes, paidMinor: paid.amountMinor + amountMinor };
  await insertOrderPayment(unit.transaction, {
    id,
    orderId,
    kind: 'PAYMENT',
    method,
    amountMinor,
    currency,
    reference: reference.trim(),
    refundsId: null,
    ledgerEntryId: entries[0]?.id ?? null,
    actorKind: unit.actor.kind,
    actorId: unit.actor.id,
    at: unit.now,
  });
}
