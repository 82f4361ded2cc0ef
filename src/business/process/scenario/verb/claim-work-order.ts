import { claimWorkOrder, ORDER_REFUSALS } from '../../../component/order';
import { whole } from '../written/fields';
import { handle } from '../written/handle';
import { workOfOrder } from '../work-of-order';
import { defineVerb } from '../verb';

/** Takes the step of an item from its queue 领取工单. */
export const claimWorkOrderVerb = defineVerb({
  name: 'claimWorkOrder',
  refusals: ORDER_REFUSALS,
  input: { order: handle('order'), item: whole(1, 100).default(1) },
  async run(stage, work) {
    return stage.execute(claimWorkOrder, await workOfOrder(stage, work));
  },
});
