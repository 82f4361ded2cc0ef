import type { UseCase } from '../../execute';
import type { Id } from '../../../kernel/id';
import type { Json } from '../../../kernel/stable-json';
import { draftVersion } from '../product';
import type { DiscountRefusal } from './refusals';
import { readDefinition } from './read-definition';
import { VERSIONS_OF_DISCOUNTS } from './versions-of-discounts';

export interface DraftDiscountVersionInput {
  readonly discountId: Id<'discount'>;
  readonly expectedVersion: number;
  /** Without it the draft is a copy of the latest version. */
  readonly definition?: Json;
}

/** Begins a version of a discount 新建版本. */
export const draftDiscountVersion: UseCase<DraftDiscountVersionInput, { versionId: Id<'discountVersion'> }, DiscountRefusal> = {
  name: 'draftDiscountVersion',
  permission: 'catalogue:write',
  run(unit, { discountId: ownerId, expectedVersion, definition = null }) {
    const of = { ownerId, expectedVersion };
    return draftVersion(
      unit,
      VERSIONS_OF_DISCOUNTS,
      of,
      definition === null ? null : (discount) => readDefinition(unit, discount, definition),
    );
  },
};
