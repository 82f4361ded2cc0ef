import { createNumberPool, NUMBER_REFUSALS } from '../../../component/number';
import { text } from '../written/fields';
import { codeOf, managedAt, newHandle } from '../written/handle';
import { defineVerb } from '../verb';

/** Makes an empty pool of numbers 建立号池 of one line of business. */
export const createNumberPoolVerb = defineVerb({
  name: 'createNumberPool',
  refusals: NUMBER_REFUSALS,
  input: {
    handle: newHandle('numberPool'),
    serviceType: text,
    organisation: managedAt,
    name: text.optional(),
    nameEn: text.optional(),
  },
  run(stage, { handle: pool, serviceType, organisation, name = pool.name, nameEn = pool.name }) {
    const input = { code: codeOf(pool), name, nameEn, serviceType, organisationId: stage.idOf(organisation) };
    return stage.bring(pool, createNumberPool, input, ({ numberPoolId }) => numberPoolId);
  },
});
