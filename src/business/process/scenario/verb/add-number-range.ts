import { NUMBER_REFUSALS } from '../../../component/number';
import { addNumberRange } from '../../stock-numbers';
import { text } from '../written/fields';
import { handle } from '../written/handle';
import { classRules, rulesOf } from '../number-rules';
import { defineVerb } from '../verb';

/** Puts a range of numbers into a pool 号段入库. */
export const addNumberRangeVerb = defineVerb({
  name: 'addNumberRange',
  refusals: NUMBER_REFUSALS,
  input: { numberPool: handle('numberPool'), first: text, last: text, classes: classRules.default([]) },
  run(stage, { numberPool, first, last, classes }) {
    return stage.execute(addNumberRange, { numberPoolId: stage.idOf(numberPool), first, last, classes: rulesOf(classes) });
  },
});
