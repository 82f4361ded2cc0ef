import { DISCOUNT_REFUSALS, moveDiscountVersion } from '../../../component/discount';
import { VERSION_STATES } from '../../../component/product';
import { whole, word } from '../written/fields';
import { handle } from '../written/handle';
import { versionOf } from '../version-of';
import { time } from '../written/written-time';
import { defineVerb } from '../verb';

/** Moves a version of a discount on in its life 测试、上线、暂停、下线. */
export const moveDiscountVersionVerb = defineVerb({
  name: 'moveDiscountVersion',
  refusals: DISCOUNT_REFUSALS,
  input: { discount: handle('discount'), number: whole(1, 1_000).optional(), to: word(VERSION_STATES), from: time.optional() },
  async run(stage, { discount, number, to, from }) {
    const { id, version } = await versionOf(stage, discount, number);
    return stage.execute(moveDiscountVersion, { versionId: id, expectedVersion: version, to, from: stage.instantOf(from) });
  },
});
