import { PRODUCT_REFUSALS, releaseProduct } from '../../../component/product';
import { given, trueOrFalse } from '../written/fields';
import { document, documents } from '../written/document';
import { handle } from '../written/handle';
import { time } from '../written/written-time';
import { defineVerb } from '../verb';

/** Says at a lower node how a product is sold there and below 分级发布. */
export const releaseProductVerb = defineVerb({
  name: 'releaseProduct',
  refusals: PRODUCT_REFUSALS,
  input: {
    product: handle('product'),
    organisation: handle('organisation'),
    sold: trueOrFalse.default(true),
    narrowing: document.optional(),
    prices: documents.optional(),
    from: time.optional(),
    to: time.optional(),
  },
  async run(stage, { product, organisation, sold, from, to, ...said }) {
    const ids = { productId: stage.idOf(product), organisationId: stage.idOf(organisation) };
    const expectedVersion = await stage.versionOf('product', product);
    const valid = { from: stage.instantOf(from), to: stage.instantOf(to) };
    return stage.execute(releaseProduct, { ...ids, expectedVersion, sold, ...given(said), ...valid });
  },
});
