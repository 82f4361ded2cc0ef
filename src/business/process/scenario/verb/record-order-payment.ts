import { ORDER_PAYMENT_METHODS, selectOrdersById } from '../../../component/order';
import { ACCEPTANCE_REFUSALS, recordOrderPayment } from '../../acceptance';
import { invariant } from '../../../../kernel/failure';
import { StepMistake } from '../problem';
import { amount, text, word } from '../written/fields';
import { handle } from '../written/handle';
import { defineVerb } from '../verb';

/** Records what was paid for an order 受理缴费: all that is left to pay, where no amount is said. */
export const recordOrderPaymentVerb = defineVerb({
  name: 'recordOrderPayment',
  refusals: ACCEPTANCE_REFUSALS,
  input: {
    order: handle('order'),
    amount: amount.optional(),
    method: word(ORDER_PAYMENT_METHODS).default('CASH'),
    reference: text.optional(),
  },
  async run(stage, { order, amount: written, method, reference }) {
    const orderId = stage.idOf(order);
    const [found] = await selectOrdersById(stage.context, [orderId]);
    invariant(found !== undefined, 'an order that has a handle is there');
    const { due, paid, version: expectedVersion } = found;
    const read = written?.in(due.currency) ?? { money: { ...due, amountMinor: due.amountMinor - paid.amountMinor } };
    if ('reason' in read) throw new StepMistake(['amount'], read.reason);
    // A method has each reference once: that of a payment which says none is made of the order and how it stands.
    const receipt = reference ?? `${found.orderNo}-${expectedVersion}`;
    return stage.execute(recordOrderPayment, { orderId, expectedVersion, method, amount: read.money, reference: receipt });
  },
});
