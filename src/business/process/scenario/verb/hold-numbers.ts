import { holdNumbers, NUMBER_REFUSALS } from '../../../component/number';
import { list, text } from '../written/fields';
import { defineVerb } from '../verb';

/** Keeps idle numbers back 预留号码, until they are let go. */
export const holdNumbersVerb = defineVerb({
  name: 'holdNumbers',
  refusals: NUMBER_REFUSALS,
  input: { numbers: list(text) },
  run(stage, input) {
    return stage.execute(holdNumbers, input);
  },
});
