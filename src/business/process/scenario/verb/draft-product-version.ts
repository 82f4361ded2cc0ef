import { draftProductVersion, PRODUCT_REFUSALS } from '../../../component/product';
import { given } from '../written/fields';
import { document } from '../written/document';
import { handle } from '../written/handle';
import { defineVerb } from '../verb';

/** Begins a version of a product or a bundle 新建版本; a copy of the latest, where it says nothing. */
export const draftProductVersionVerb = defineVerb({
  name: 'draftProductVersion',
  refusals: PRODUCT_REFUSALS,
  input: { product: handle('product'), definition: document.optional(), bundle: document.optional() },
  async run(stage, { product, ...documents }) {
    const expectedVersion = await stage.versionOf('product', product);
    return stage.execute(draftProductVersion, { productId: stage.idOf(product), expectedVersion, ...given(documents) });
  },
});
