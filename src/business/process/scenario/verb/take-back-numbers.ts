import { takeBackNumbers, NUMBER_REFUSALS } from '../../../component/number';
import { list, text } from '../written/fields';
import { defineVerb } from '../verb';

/** Takes back numbers that another operator gives back 携出归还. */
export const takeBackNumbersVerb = defineVerb({
  name: 'takeBackNumbers',
  refusals: NUMBER_REFUSALS,
  input: { numbers: list(text) },
  run(stage, input) {
    return stage.execute(takeBackNumbers, input);
  },
});
