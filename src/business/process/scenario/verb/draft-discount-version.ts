import { DISCOUNT_REFUSALS, draftDiscountVersion } from '../../../component/discount';
import { given } from '../written/fields';
import { document } from '../written/document';
import { handle } from '../written/handle';
import { defineVerb } from '../verb';

/** Begins a version of a discount 新建版本; a copy of the latest, where it says nothing. */
export const draftDiscountVersionVerb = defineVerb({
  name: 'draftDiscountVersion',
  refusals: DISCOUNT_REFUSALS,
  input: { discount: handle('discount'), definition: document.optional() },
  async run(stage, { discount, definition }) {
    const said = definition && { name: discount.name, nameEn: discount.name, ...definition };
    const expectedVersion = await stage.versionOf('discount', discount);
    return stage.execute(draftDiscountVersion, { discountId: stage.idOf(discount), expectedVersion, ...given({ definition: said }) });
  },
});
