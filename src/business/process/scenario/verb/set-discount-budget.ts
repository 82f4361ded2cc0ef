import { DISCOUNT_REFUSALS, setDiscountBudget } from '../../../component/discount';
import { operatorParameters } from '../../../component/organisation';
import { StepMistake } from '../problem';
import { amount } from '../written/fields';
import { handle } from '../written/handle';
import { defineVerb } from '../verb';

/** Says how much a discount may give away in all 设置优惠预算. */
export const setDiscountBudgetVerb = defineVerb({
  name: 'setDiscountBudget',
  refusals: DISCOUNT_REFUSALS,
  input: { discount: handle('discount'), limit: amount },
  async run(stage, { discount, limit }) {
    const read = limit.in((await operatorParameters(stage.context)).currency);
    if ('reason' in read) throw new StepMistake(['limit'], read.reason);
    const expectedVersion = await stage.versionOf('discount', discount);
    return stage.execute(setDiscountBudget, { discountId: stage.idOf(discount), expectedVersion, limit: read.money });
  },
});
