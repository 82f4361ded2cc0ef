import { z } from 'zod';
import {
  changeOperatorParameter,
  listOperatorParameters,
  OPERATOR_PARAMETER_NAMES,
  ORGANISATION_REFUSALS,
  type OperatorParameterName,
} from '../../../component/organisation';
import { word } from '../written/fields';
import { defineVerb } from '../verb';

/** Changes what holds for the whole operator. The file's own times stay in the time zone of its head. */
export const changeOperatorParameterVerb = defineVerb({
  name: 'changeOperatorParameter',
  refusals: ORGANISATION_REFUSALS,
  input: { parameter: word<OperatorParameterName>(OPERATOR_PARAMETER_NAMES), value: z.json() },
  async run(stage, { parameter, value }) {
    const known = (await listOperatorParameters(stage.context)).find(({ name }) => name === parameter);
    return stage.execute(changeOperatorParameter, { parameter, value, expectedVersion: known?.version ?? 0 });
  },
});
