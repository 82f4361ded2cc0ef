import { registerTaxCategory, TAX_REFUSALS } from '../../../component/tax';
import { text, whole } from '../written/fields';
import { codeOf, newHandle } from '../written/handle';
import { time } from '../written/written-time';
import { defineVerb } from '../verb';

/** Registers a tax category 税目 with its first rate. */
export const registerTaxCategoryVerb = defineVerb({
  name: 'registerTaxCategory',
  section: 'catalogue.taxCategories',
  refusals: TAX_REFUSALS,
  input: {
    handle: newHandle('taxCategory'),
    basisPoints: whole(0, 100_000),
    name: text.optional(),
    nameEn: text.optional(),
    from: time.optional(),
  },
  run(stage, { handle: category, basisPoints, name = category.name, nameEn = category.name, from }) {
    return stage.execute(registerTaxCategory, { code: codeOf(category), name, nameEn, basisPoints, from: stage.instantOf(from) });
  },
});
