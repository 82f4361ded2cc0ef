import { ACCEPTANCE_REFUSALS, cancelOrder } from '../../acceptance';
import { text } from '../written/fields';
import { handle } from '../written/handle';
import { defineVerb } from '../verb';

/** Takes an order back 撤单, as long as nothing of it has been done. */
export const cancelOrderVerb = defineVerb({
  name: 'cancelOrder',
  refusals: ACCEPTANCE_REFUSALS,
  input: { order: handle('order'), note: text.optional() },
  async run(stage, { order, note = null }) {
    const expectedVersion = await stage.versionOf('order', order);
    return stage.execute(cancelOrder, { orderId: stage.idOf(order), expectedVersion, note });
  },
});
