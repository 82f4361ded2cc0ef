import type { UseCase } from '../../execute';
import type { Id } from '../../../kernel/id';
import { moveVersion, type MoveOf } from '../product';
import type { DiscountRefusal } from './refusals';
import { VERSIONS_OF_DISCOUNTS } from './versions-of-discounts';

/**
 * Moves a version of a discount on in its life 测试、上线、暂停、下线. What is released takes the place of the version that was granted:
 * that one is granted until then and retired. Who has a discount keeps the version that he was granted.
 */
export const moveDiscountVersion: UseCase<MoveOf<'discount'>, { versionId: Id<'discountVersion'> }, DiscountRefusal> = {
  name: 'moveDiscountVersion',
  // To try it needs catalogue:write, to release it or take it back catalogue:release, at the discount's own node.
  permission: 'catalogue:read',
  run(unit, input) {
    return moveVersion(unit, VERSIONS_OF_DISCOUNTS, input);
  },
};
