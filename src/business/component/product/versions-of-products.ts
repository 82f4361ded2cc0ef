import { lockProduct, updateProduct, type LockedProduct } from '../../../data/operation/product/write-product';
import { refuseProduct, type ProductRefusal } from './model/refusals';
import { checkStored } from './read-content';
import type { VersionedNoun } from './version-changes';

/** How products have versions. */
export const VERSIONS_OF_PRODUCTS: VersionedNoun<'product', LockedProduct, ProductRefusal> = {
  noun: 'product',
  idField: 'productId',
  event: 'ProductOffering',
  refuse: refuseProduct,
  lock: lockProduct,
  touch: (unit, product) => updateProduct(unit.transaction, product, {}),
  check: checkStored,
};
