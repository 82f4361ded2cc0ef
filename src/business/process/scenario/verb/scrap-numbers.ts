import { scrapNumbers, NUMBER_REFUSALS } from '../../../component/number';
import { list, text } from '../written/fields';
import { defineVerb } from '../verb';

/** Takes numbers out of the stock for good 号码报废. */
export const scrapNumbersVerb = defineVerb({
  name: 'scrapNumbers',
  refusals: NUMBER_REFUSALS,
  input: { numbers: list(text) },
  run(stage, input) {
    return stage.execute(scrapNumbers, input);
  },
});
