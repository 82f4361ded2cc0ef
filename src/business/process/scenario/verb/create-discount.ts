import { createDiscount, DISCOUNT_REFUSALS } from '../../../component/discount';
import { text } from '../written/fields';
import { codeOf, managedAt, newHandle } from '../written/handle';
import { defineVerb } from '../verb';

/** Names a discount 建立优惠; what it says, its versions do. */
export const createDiscountVerb = defineVerb({
  name: 'createDiscount',
  refusals: DISCOUNT_REFUSALS,
  input: {
    handle: newHandle('discount'),
    serviceType: text.optional(),
    organisation: managedAt,
    name: text.optional(),
    nameEn: text.optional(),
  },
  run(stage, { handle: discount, organisation, serviceType = null, name = discount.name, nameEn = discount.name }) {
    const input = { code: codeOf(discount), name, nameEn, organisationId: stage.idOf(organisation), serviceType };
    return stage.bring(discount, createDiscount, input, ({ discountId }) => discountId);
  },
});
