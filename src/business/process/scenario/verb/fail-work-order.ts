import { ACCEPTANCE_REFUSALS, failWorkOrder } from '../../acceptance';
import { text, whole } from '../written/fields';
import { handle } from '../written/handle';
import { workOfOrder } from '../work-of-order';
import { defineVerb } from '../verb';

/** Says that people cannot do their step of an item 工单退回: it fails. */
export const failWorkOrderVerb = defineVerb({
  name: 'failWorkOrder',
  refusals: ACCEPTANCE_REFUSALS,
  input: { order: handle('order'), item: whole(1, 100).default(1), note: text.optional() },
  async run(stage, { note = null, ...work }) {
    return stage.execute(failWorkOrder, { ...(await workOfOrder(stage, work)), note });
  },
});
