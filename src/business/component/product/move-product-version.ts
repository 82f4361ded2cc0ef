import type { UseCase } from '../../execute';
import type { Id } from '../../../kernel/id';
import type { ProductRefusal } from './model/refusals';
import { moveVersion, type MoveOf } from './version-changes';
import { VERSIONS_OF_PRODUCTS } from './versions-of-products';

/**
 * Moves a version of a product on in its life 测试、上线、暂停、下线. What goes on sale takes the place of the version that was
 * sold: that one is sold until then and retired.
 */
export const moveProductVersion: UseCase<MoveOf<'product'>, { versionId: Id<'productVersion'> }, ProductRefusal> = {
  name: 'moveProductVersion',
  // To try it needs catalogue:write, to sell it or take it back catalogue:release, at the product's own node.
  permission: 'catalogue:read',
  run(unit, input) {
    return moveVersion(unit, VERSIONS_OF_PRODUCTS, input);
  },
};
