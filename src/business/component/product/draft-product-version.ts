import type { UseCase } from '../../execute';
import type { Id } from '../../../kernel/id';
import type { ProductRefusal } from './model/refusals';
import { isGiven, readContent, type ProductDocuments } from './read-content';
import { draftVersion } from './version-changes';
import { VERSIONS_OF_PRODUCTS } from './versions-of-products';

/** Without a document the draft is a copy of the latest version. */
export interface DraftProductVersionInput extends ProductDocuments {
  readonly productId: Id<'product'>;
  readonly expectedVersion: number;
}

/** Begins a version of a product or a bundle 新建版本. */
export const draftProductVersion: UseCase<DraftProductVersionInput, { versionId: Id<'productVersion'> }, ProductRefusal> = {
  name: 'draftProductVersion',
  permission: 'catalogue:write',
  run(unit, { productId: ownerId, expectedVersion, ...documents }) {
    const read = isGiven(documents) ? readContent.bind(null, unit) : null;
    return draftVersion(unit, VERSIONS_OF_PRODUCTS, { ownerId, expectedVersion }, read && ((product) => read(product, documents)));
  },
};
