import { NUMBER_REFUSALS } from '../../../component/number';
import { addNumbers } from '../../stock-numbers';
import { list, text } from '../written/fields';
import { handle } from '../written/handle';
import { classRules, rulesOf } from '../number-rules';
import { defineVerb } from '../verb';

/** Puts single numbers into a pool 号码入库. */
export const addNumbersVerb = defineVerb({
  name: 'addNumbers',
  refusals: NUMBER_REFUSALS,
  input: { numberPool: handle('numberPool'), numbers: list(text), classes: classRules.default([]) },
  run(stage, { numberPool, numbers, classes }) {
    return stage.execute(addNumbers, { numberPoolId: stage.idOf(numberPool), numbers, classes: rulesOf(classes) });
  },
});
