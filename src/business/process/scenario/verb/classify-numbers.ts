import { classifyNumbers, NUMBER_REFUSALS } from '../../../component/number';
import { list, orNone, text } from '../written/fields';
import { codeOf, handle } from '../written/handle';
import { defineVerb } from '../verb';

/** Puts numbers into a class 号码分级, or out of any. */
export const classifyNumbersVerb = defineVerb({
  name: 'classifyNumbers',
  refusals: NUMBER_REFUSALS,
  input: { numbers: list(text), class: orNone(handle('numberClass')) },
  run(stage, { numbers, class: numberClass }) {
    return stage.execute(classifyNumbers, { numbers, classCode: numberClass === null ? null : codeOf(numberClass) });
  },
});
