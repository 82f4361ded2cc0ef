import { createNumberPool } from '../../../component/number';
import { addNumberRange } from '../../stock-numbers';
import { text } from '../written/fields';
import { codeOf, managedAt, newHandle } from '../written/handle';
import { classRules, rulesOf } from '../number-rules';
import { defineVerb } from '../verb';

/** Makes a pool with a range of numbers in it: two use cases in one line, for what a story takes for granted. It is not refused. */
export const fillNumberPoolVerb = defineVerb({
  name: 'fillNumberPool',
  section: 'numbers.pools',
  refusals: {},
  input: {
    handle: newHandle('numberPool'),
    serviceType: text,
    organisation: managedAt,
    first: text,
    last: text,
    classes: classRules.default([]),
  },
  async run(stage, { handle: pool, serviceType, organisation, first, last, classes }) {
    const input = { code: codeOf(pool), name: pool.name, nameEn: pool.name, serviceType, organisationId: stage.idOf(organisation) };
    const made = await stage.bring(pool, createNumberPool, input, ({ numberPoolId }) => numberPoolId);
    if (!made.ok) return made;
    return stage.execute(addNumberRange, { numberPoolId: made.value.numberPoolId, first, last, classes: rulesOf(classes) });
  },
});
