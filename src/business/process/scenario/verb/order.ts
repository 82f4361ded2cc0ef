import { ACCEPTANCE_REFUSALS, quoteOrder, submitOrder } from '../../acceptance';
import { ASKED_KEYS, askedOrder, itemsQuoted } from '../asked-order';
import { defineBrought, handlesIn } from '../order-items';
import { handle, managedAt, newHandle } from '../written/handle';
import { defineVerb } from '../verb';

/** Quotes an order and submits it at once 受理; what it brings has its handles, when it was submitted. */
export const orderVerb = defineVerb({
  name: 'order',
  refusals: ACCEPTANCE_REFUSALS,
  input: { handle: newHandle('order').optional(), customer: handle('customer'), organisation: managedAt, ...ASKED_KEYS },
  brings: ({ items }) => handlesIn(items),
  async run(stage, { handle: order, customer, organisation, ...asked }) {
    const quoted = await stage.execute(quoteOrder, await askedOrder(stage, { customer, organisation }, asked));
    if (!quoted.ok) return quoted;
    const { quotationId } = quoted.value;
    const submitted = await stage.execute(submitOrder, { quotationId });
    if (!submitted.ok) return submitted;
    if (order !== undefined) stage.define(order, submitted.value.orderId);
    defineBrought(stage, asked.items, await itemsQuoted(stage, quotationId));
    stage.wakeAt(asked.start);
    return submitted;
  },
});
