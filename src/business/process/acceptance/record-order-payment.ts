import {
  linesOf,
  recordPayment, refuseOrder, type OrderChange, type OrderChanged, type OrderPaymentMethod,
} from '../../component/order'; // prettier-ignore
import type { Unit } from '../../context';
import type { UseCase } from '../../execute';
import { formatAmount, type Money } from '../../../kernel/money';
import { hasHiddenCharacters, isBlank, lengthOf } from '../../../kernel/text';
import { refusedBy, type Result } from '../../../kernel/result';
import { orderToProceed } from './order-to-proceed';
import { proceedOrder } from './proceed-order';
import { dueAt } from './submit-order';
import type { AcceptanceRefusal } from './refusals';
import { TAKEN_MEANWHILE } from './taken-meanwhile';

export interface RecordOrderPaymentInput extends OrderChange {
  readonly method: OrderPaymentMethod;
  readonly amount: Money;
  /** The receipt, slip or transaction by which it is found outside; a method has each once. */
  readonly reference: string;
}

const REFERENCE_LENGTH_MAX = 64;

/** Records what was paid for an order 受理缴费; when nothing is left to pay, the order goes on. */
export const recordOrderPayment: UseCase<RecordOrderPaymentInput, OrderChanged, AcceptanceRefusal> = {
  name: 'recordOrderPayment',
  permission: 'order:write',
  constraints: { ...TAKEN_MEANWHILE, order_payment_reference: () => refuseOrder('REFERENCE_TAKEN', 'reference') },
  run: recordOrderPaymentIn,
};

/** As `recordOrderPayment`, within a unit. */
export async function recordOrderPaymentIn(unit: Unit, input: RecordOrderPaymentInput): Promise<Result<OrderChanged, AcceptanceRefusal>> {
  const { amount, reference } = input;
  const wrong = checkReference(reference);
  if (wrong !== undefined) return wrong;
  const found = await orderToProceed(unit, input, 'order:write', { charges: true });
  if (!found.ok) return found;
  const { inHand } = found.value;
  const { order, course } = inHand;
  if (course.state !== 'pending') return refuseOrder('NOTHING_TO_PAY', 'orderId');
  const due = { ...order.due, amountMinor: order.due.amountMinor - order.paid.amountMinor };
  if (amount.currency !== due.currency || amount.amountMinor <= 0n || amount.amountMinor > due.amountMinor) {
    return refuseOrder('AMOUNT_WRONG', 'amount', { due: `${formatAmount(due)} ${due.currency}` });
  }
  const { accepting } = found.value;
  const { wide, parties } = accepting;
  // Its currency is fixed by the first charge, not before.
  const account = order.accountId === null ? undefined : parties.accounts.get(order.accountId);
  if (account !== undefined && account.currency !== due.currency) return refuseOrder('CURRENCY_DIFFERS', 'accountId');
  const lines = await linesOf(wide, order.quotationId);
  await recordPayment(wide, inHand, lines, input);
  if (amount.amountMinor === due.amountMinor) {
    // The time that the customer took is not the hall's.
    inHand.changes = { ...inHand.changes, dueAt: dueAt(accepting, order.requestedStartAt, inHand.items) };
  }
  return proceedOrder(found.value, { reason: 'PAID' }, lines);
}

function checkReference(reference: string): ReturnType<typeof refusedBy<AcceptanceRefusal>> {
  return refusedBy<AcceptanceRefusal>(
    isBlank(reference) && refuseOrder('BLANK', 'reference'),
    hasHiddenCharacters(reference) && refuseOrder('CHARACTERS_REFUSED', 'reference'),
    lengthOf(reference) > REFERENCE_LENGTH_MAX && refuseOrder('TOO_LONG', 'reference', { max: REFERENCE_LENGTH_MAX }),
  );
}
