import type { OrderItem } from '../../../data/operation/order/order-item';
import { insertOrderPayment } from '../../../data/operation/order/order-payment';
import type { OrderPaymentMethod } from '../../../data/operation/order/order-payment-kind';
import type { ProductOrder } from '../../../data/operation/order/product-order';
import type { Unit } from '../../context';
import { newId } from '../../../kernel/id';
import type { Money } from '../../../kernel/money';
import { depositReceived, paymentReceived, postEntries, type Posting } from '../ledger';
import { partsOfDue, partsOfPayment, type PaymentParts } from './model/payment-parts';
import type { QuoteLine } from './model/quote-line';

export interface NewOrderPayment {
  readonly method: OrderPaymentMethod;
  readonly amount: Money;
  readonly reference: string;
}

/** What an order asks for at once, part by part. */
export function dueParts(lines: readonly QuoteLine[], items: readonly OrderItem[]): PaymentParts {
  return partsOfDue(lines, (itemNo) => items.find((item) => item.itemNo === itemNo)?.subscriberId ?? null);
}

/** Records a payment of a locked order, and posts it: for its fees first, then for its deposits. */
export async function recordPayment(
  unit: Unit,
  { order, items, lines }: { readonly order: ProductOrder; readonly items: readonly OrderItem[]; readonly lines: readonly QuoteLine[] },
  { method, amount, reference }: NewOrderPayment,
): Promise<void> {
  const { id: orderId, organisationId, accountId, paid } = order;
  const id = newId('orderPayment');
  const { amountMinor, currency } = amount;
  const { feeMinor, deposits } = partsOfPayment(dueParts(lines, items), paid.amountMinor, amountMinor);
  const postings = [
    paymentReceived({ currency, method, settledMinor: feeMinor, prepaidMinor: 0n }),
    depositReceived(currency, method, deposits),
  ].filter((posting): posting is Posting => posting !== undefined);
  const cause = { kind: 'ORDER_PAYMENT' as const, id };
  const entries = postings.map((posting) => ({ ...posting, cause, organisationId, accountId }));
  const [ledgerEntryId = null] = await postEntries(unit, entries);
  await insertOrderPayment(unit.transaction, {
    id,
    orderId,
    kind: 'PAYMENT',
    method,
    amountMinor,
    currency,
    reference: reference.trim(),
    refundsId: null,
    ledgerEntryId,
    actorKind: unit.actor.kind,
    actorId: unit.actor.id,
    at: unit.now,
  });
}
