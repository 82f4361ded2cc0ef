import { ACCEPTANCE_REFUSALS, quoteOrder } from '../../acceptance';
import { ASKED_KEYS, askedOrder, itemsQuoted } from '../asked-order';
import { defineBrought, handlesIn } from '../order-items';
import { handle, managedAt, newHandle } from '../written/handle';
import { defineVerb } from '../verb';

/** Says what an order would cost, and holds those prices for a day 受理报价. */
export const quoteOrderVerb = defineVerb({
  name: 'quoteOrder',
  refusals: ACCEPTANCE_REFUSALS,
  input: { handle: newHandle('quotation'), customer: handle('customer'), organisation: managedAt, ...ASKED_KEYS },
  brings: ({ items }) => handlesIn(items),
  async run(stage, { handle: quotation, customer, organisation, ...asked }) {
    const input = await askedOrder(stage, { customer, organisation }, asked);
    const quoted = await stage.bring(quotation, quoteOrder, input, ({ quotationId }) => quotationId);
    if (!quoted.ok) return quoted;
    defineBrought(stage, asked.items, await itemsQuoted(stage, quoted.value.quotationId));
    stage.wakeAt(asked.start);
    return quoted;
  },
});
