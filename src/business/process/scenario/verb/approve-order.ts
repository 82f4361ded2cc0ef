import { ACCEPTANCE_REFUSALS, approveOrder } from '../../acceptance';
import { text } from '../written/fields';
import { handle } from '../written/handle';
import { defineVerb } from '../verb';

/** Agrees to what was granted on an order 审批通过. */
export const approveOrderVerb = defineVerb({
  name: 'approveOrder',
  refusals: ACCEPTANCE_REFUSALS,
  input: { order: handle('order'), note: text.optional() },
  async run(stage, { order, note = null }) {
    const expectedVersion = await stage.versionOf('order', order);
    return stage.execute(approveOrder, { orderId: stage.idOf(order), expectedVersion, note });
  },
});
