import { selectOrdersById } from '../../../component/order';
import { ACCEPTANCE_REFUSALS, amendOrder, quoteOrder } from '../../acceptance';
import { invariant } from '../../../../kernel/failure';
import { ASKED_KEYS, askedOrder, itemsQuoted } from '../asked-order';
import { defineBrought, handlesIn } from '../order-items';
import { handle } from '../written/handle';
import { defineVerb } from '../verb';

/** Gives a waiting order other items, quoted anew 修改订单; of the same customer at the same hall, where nothing else is said. */
export const amendOrderVerb = defineVerb({
  name: 'amendOrder',
  refusals: ACCEPTANCE_REFUSALS,
  input: {
    order: handle('order'),
    customer: handle('customer').optional(),
    organisation: handle('organisation').optional(),
    ...ASKED_KEYS,
  },
  brings: ({ items }) => handlesIn(items),
  async run(stage, { order, customer, organisation, ...asked }) {
    const orderId = stage.idOf(order);
    const [found] = await selectOrdersById(stage.context, [orderId]);
    invariant(found !== undefined, 'an order that has a handle is there');
    const hall = organisation ?? stage.handleOf('organisation', found.organisationId);
    const owner = customer ?? stage.handleOf('customer', found.customerId);
    const input = await askedOrder(stage, { customer: owner, organisation: hall }, asked);
    // Only a quotation for the same customer can be meant for the order.
    const amendsOrderId = owner.name === stage.nameOf('customer', found.customerId) ? orderId : null;
    const quoted = await stage.execute(quoteOrder, { ...input, amendsOrderId });
    if (!quoted.ok) return quoted;
    const { quotationId } = quoted.value;
    const amended = await stage.execute(amendOrder, { orderId, expectedVersion: found.version, quotationId });
    if (!amended.ok) return amended;
    defineBrought(stage, asked.items, await itemsQuoted(stage, quotationId));
    stage.wakeAt(asked.start);
    return amended;
  },
});
