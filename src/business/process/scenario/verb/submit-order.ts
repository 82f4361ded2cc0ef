import { ACCEPTANCE_REFUSALS, submitOrder } from '../../acceptance';
import { handle, newHandle } from '../written/handle';
import { defineVerb } from '../verb';

/** Makes a quotation an order 提交受理, at the prices that it says. */
export const submitOrderVerb = defineVerb({
  name: 'submitOrder',
  refusals: ACCEPTANCE_REFUSALS,
  input: { handle: newHandle('order'), quotation: handle('quotation') },
  run(stage, { handle: order, quotation }) {
    return stage.bring(order, submitOrder, { quotationId: stage.idOf(quotation) }, ({ orderId }) => orderId);
  },
});
