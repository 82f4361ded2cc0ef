import { lockDiscount, updateDiscount, type LockedDiscount } from '../../../data/operation/discount/write-discount';
import type { VersionedNoun } from '../product';
import { refuseDiscount, type DiscountRefusal } from './refusals';
import { checkStored } from './read-definition';

/** How discounts have versions. */
export const VERSIONS_OF_DISCOUNTS: VersionedNoun<'discount', LockedDiscount, DiscountRefusal> = {
  noun: 'discount',
  idField: 'discountId',
  event: 'Discount',
  refuse: refuseDiscount,
  lock: lockDiscount,
  touch: (unit, discount) => updateDiscount(unit.transaction, discount, {}),
  check: checkStored,
};
