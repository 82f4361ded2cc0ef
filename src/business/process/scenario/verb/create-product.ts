import { createProduct, PRODUCT_KINDS, PRODUCT_REFUSALS } from '../../../component/product';
import { text, word } from '../written/fields';
import { codeOf, managedAt, newHandle } from '../written/handle';
import { defineVerb } from '../verb';

/** Names a product 建立产品; what it says, its versions do. */
export const createProductVerb = defineVerb({
  name: 'createProduct',
  refusals: PRODUCT_REFUSALS,
  input: {
    handle: newHandle('product'),
    kind: word(PRODUCT_KINDS).default('PLAN'),
    serviceType: text.optional(),
    organisation: managedAt,
    name: text.optional(),
    nameEn: text.optional(),
  },
  run(stage, { handle: product, organisation, serviceType = null, name = product.name, nameEn = product.name, kind }) {
    const input = { code: codeOf(product), name, nameEn, kind, organisationId: stage.idOf(organisation), serviceType };
    return stage.bring(product, createProduct, input, ({ productId }) => productId);
  },
});
