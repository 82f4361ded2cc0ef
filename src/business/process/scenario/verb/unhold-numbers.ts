import { unholdNumbers, NUMBER_REFUSALS } from '../../../component/number';
import { list, text } from '../written/fields';
import { defineVerb } from '../verb';

/** Lets numbers go that were kept back 取消预留. */
export const unholdNumbersVerb = defineVerb({
  name: 'unholdNumbers',
  refusals: NUMBER_REFUSALS,
  input: { numbers: list(text) },
  run(stage, input) {
    return stage.execute(unholdNumbers, input);
  },
});
