import { createDiscount, draftDiscountVersion, moveDiscountVersion } from '../../../component/discount';
import { text } from '../written/fields';
import { document } from '../written/document';
import { codeOf, managedAt, newHandle } from '../written/handle';
import { defineVerb } from '../verb';

/** Names a discount and releases its first version: four use cases in one line, for what a story takes for granted. It is not refused. */
export const offerDiscountVerb = defineVerb({
  name: 'offerDiscount',
  section: 'catalogue.discounts',
  refusals: {},
  input: {
    handle: newHandle('discount'),
    serviceType: text.optional(),
    organisation: managedAt,
    name: text.optional(),
    nameEn: text.optional(),
    definition: document,
  },
  async run(stage, { handle: discount, serviceType = null, organisation, name = discount.name, nameEn = discount.name, definition }) {
    const input = { code: codeOf(discount), name, nameEn, organisationId: stage.idOf(organisation), serviceType };
    const created = await stage.bring(discount, createDiscount, input, ({ discountId }) => discountId);
    if (!created.ok) return created;
    const { discountId } = created.value;
    const drafted = await stage.execute(draftDiscountVersion, {
      discountId,
      expectedVersion: 1,
      definition: { name, nameEn, ...definition },
    });
    if (!drafted.ok) return drafted;
    const { versionId } = drafted.value;
    const tried = await stage.execute(moveDiscountVersion, { versionId, expectedVersion: 1, to: 'inTest' });
    return tried.ok ? stage.execute(moveDiscountVersion, { versionId, expectedVersion: 2, to: 'active' }) : tried;
  },
});
