import { moveProductVersion, PRODUCT_REFUSALS, VERSION_STATES } from '../../../component/product';
import { whole, word } from '../written/fields';
import { handle } from '../written/handle';
import { time } from '../written/written-time';
import { defineVerb } from '../verb';
import { versionOf } from '../version-of';

/** Moves a version of a product on in its life 测试、上线、暂停、下线: the latest, where it does not say which. */
export const moveProductVersionVerb = defineVerb({
  name: 'moveProductVersion',
  refusals: PRODUCT_REFUSALS,
  input: { product: handle('product'), number: whole(1, 1_000).optional(), to: word(VERSION_STATES), from: time.optional() },
  async run(stage, { product, number, to, from }) {
    const { id, version } = await versionOf(stage, product, number);
    return stage.execute(moveProductVersion, { versionId: id, expectedVersion: version, to, from: stage.instantOf(from) });
  },
});
