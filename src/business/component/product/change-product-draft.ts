import type { UseCase } from '../../execute';
import type { Id } from '../../../kernel/id';
import type { ProductRefusal } from './model/refusals';
import { readContent, type ProductDocuments } from './read-content';
import { changeDraft } from './version-changes';
import { VERSIONS_OF_PRODUCTS } from './versions-of-products';

export interface ChangeProductDraftInput extends ProductDocuments {
  readonly versionId: Id<'productVersion'>;
  readonly expectedVersion: number;
}

/** Changes what a draft, or a version in test, says 修改草稿: whole, since its parts hang together. */
export const changeProductDraft: UseCase<ChangeProductDraftInput, { versionId: Id<'productVersion'> }, ProductRefusal> = {
  name: 'changeProductDraft',
  permission: 'catalogue:write',
  run(unit, { versionId, expectedVersion, ...documents }) {
    return changeDraft(unit, VERSIONS_OF_PRODUCTS, { versionId, expectedVersion }, (product) => readContent(unit, product, documents));
  },
};
