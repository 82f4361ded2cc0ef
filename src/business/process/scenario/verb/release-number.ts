import { NUMBER_REFUSALS, releaseNumber } from '../../../component/number';
import { text } from '../written/fields';
import { defineVerb } from '../verb';

/** Gives back a number that was reserved 释放预占. */
export const releaseNumberVerb = defineVerb({
  name: 'releaseNumber',
  refusals: NUMBER_REFUSALS,
  input: { number: text },
  run(stage, input) {
    return stage.execute(releaseNumber, input);
  },
});
