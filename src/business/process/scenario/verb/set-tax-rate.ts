import { selectTaxCategories, setTaxRate, TAX_REFUSALS } from '../../../component/tax';
import { whole } from '../written/fields';
import { codeOf, handle } from '../written/handle';
import { time } from '../written/written-time';
import { defineVerb } from '../verb';

/** Sets the rate of a tax category 税率 from a time on, or for a time. */
export const setTaxRateVerb = defineVerb({
  name: 'setTaxRate',
  refusals: TAX_REFUSALS,
  input: { taxCategory: handle('taxCategory'), basisPoints: whole(0, 100_000), from: time.optional(), to: time.optional() },
  async run(stage, { taxCategory, basisPoints, from, to }) {
    const code = codeOf(taxCategory);
    const [found] = await selectTaxCategories(stage.context, [code], stage.now());
    const valid = { from: stage.instantOf(from), to: stage.instantOf(to) };
    return stage.execute(setTaxRate, { code, expectedVersion: found?.version ?? 0, basisPoints, ...valid });
  },
});
