import { DISCOUNT_REFUSALS, releaseDiscount } from '../../../component/discount';
import { given, trueOrFalse } from '../written/fields';
import { document } from '../written/document';
import { handle } from '../written/handle';
import { time } from '../written/written-time';
import { defineVerb } from '../verb';

/** Says at a lower node how a discount is granted there and below 分级发布. */
export const releaseDiscountVerb = defineVerb({
  name: 'releaseDiscount',
  refusals: DISCOUNT_REFUSALS,
  input: {
    discount: handle('discount'),
    organisation: handle('organisation'),
    granted: trueOrFalse.default(true),
    narrowing: document.optional(),
    from: time.optional(),
    to: time.optional(),
  },
  async run(stage, { discount, organisation, granted, narrowing, from, to }) {
    const ids = { discountId: stage.idOf(discount), organisationId: stage.idOf(organisation) };
    const expectedVersion = await stage.versionOf('discount', discount);
    const valid = { from: stage.instantOf(from), to: stage.instantOf(to) };
    return stage.execute(releaseDiscount, { ...ids, expectedVersion, granted, ...given({ narrowing }), ...valid });
  },
});
