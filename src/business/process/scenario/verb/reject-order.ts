import { ACCEPTANCE_REFUSALS, rejectOrder } from '../../acceptance';
import { text } from '../written/fields';
import { handle } from '../written/handle';
import { defineVerb } from '../verb';

/** Does not agree to what was granted on an order 审批驳回. */
export const rejectOrderVerb = defineVerb({
  name: 'rejectOrder',
  refusals: ACCEPTANCE_REFUSALS,
  input: { order: handle('order'), note: text.optional() },
  async run(stage, { order, note = null }) {
    const expectedVersion = await stage.versionOf('order', order);
    return stage.execute(rejectOrder, { orderId: stage.idOf(order), expectedVersion, note });
  },
});
