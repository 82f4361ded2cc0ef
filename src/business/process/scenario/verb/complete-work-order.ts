import { ACCEPTANCE_REFUSALS, completeWorkOrder } from '../../acceptance';
import { text, whole } from '../written/fields';
import { handle } from '../written/handle';
import { workOfOrder } from '../work-of-order';
import { defineVerb } from '../verb';

/** Says that people have done their step of an item 工单回单: it takes effect. */
export const completeWorkOrderVerb = defineVerb({
  name: 'completeWorkOrder',
  refusals: ACCEPTANCE_REFUSALS,
  input: { order: handle('order'), item: whole(1, 100).default(1), note: text.optional() },
  async run(stage, { note = null, ...work }) {
    return stage.execute(completeWorkOrder, { ...(await workOfOrder(stage, work)), note });
  },
});
