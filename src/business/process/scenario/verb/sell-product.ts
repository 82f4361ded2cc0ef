import { createProduct, draftProductVersion, moveProductVersion, PRODUCT_KINDS } from '../../../component/product';
import { given, text, word } from '../written/fields';
import { document } from '../written/document';
import { codeOf, managedAt, newHandle } from '../written/handle';
import { defineVerb } from '../verb';

/**
 * Names a product and puts its first version on sale: four use cases in one line, for what a story takes for granted. No step may expect
 * it to be refused, since the first of the four would have been done: a story about that writes them out.
 */
export const sellProductVerb = defineVerb({
  name: 'sellProduct',
  section: 'catalogue.products',
  refusals: {},
  input: {
    handle: newHandle('product'),
    kind: word(PRODUCT_KINDS).default('PLAN'),
    serviceType: text.optional(),
    organisation: managedAt,
    name: text.optional(),
    nameEn: text.optional(),
    definition: document.optional(),
    bundle: document.optional(),
  },
  async run(stage, { handle: product, kind, serviceType = null, organisation, name = product.name, nameEn = product.name, ...documents }) {
    const input = { code: codeOf(product), name, nameEn, kind, organisationId: stage.idOf(organisation), serviceType };
    const created = await stage.bring(product, createProduct, input, ({ productId }) => productId);
    if (!created.ok) return created;
    const { productId } = created.value;
    const drafted = await stage.execute(draftProductVersion, { productId, expectedVersion: 1, ...given(documents) });
    if (!drafted.ok) return drafted;
    const { versionId } = drafted.value;
    const tried = await stage.execute(moveProductVersion, { versionId, expectedVersion: 1, to: 'inTest' });
    return tried.ok ? stage.execute(moveProductVersion, { versionId, expectedVersion: 2, to: 'active' }) : tried;
  },
});
