import { NUMBER_REFUSALS, reserveNumber, type ReserveNumberInput } from '../../../component/number';
import { given, text, whole } from '../written/fields';
import { codeOf, handle } from '../written/handle';
import { numberPattern, patternOf } from '../number-rules';
import { defineVerb } from '../verb';

/** Reserves a number 预占号码 for the clerk who acts: this very one, or any of a pool. */
export const reserveNumberVerb = defineVerb({
  name: 'reserveNumber',
  refusals: NUMBER_REFUSALS,
  input: {
    number: text.optional(),
    numberPool: handle('numberPool').optional(),
    class: handle('numberClass').optional(),
    pattern: numberPattern.optional(),
    minutes: whole(-99_999, 99_999).optional(),
  },
  run(stage, { number, numberPool, class: numberClass, pattern, minutes }) {
    const input: ReserveNumberInput = given({
      number,
      numberPoolId: numberPool && stage.idOf(numberPool),
      classCode: numberClass && codeOf(numberClass),
      pattern: pattern && patternOf(pattern),
      minutes,
    });
    return stage.execute(reserveNumber, input);
  },
});
