import type { UseCase } from '../../execute';
import type { Id } from '../../../kernel/id';
import type { Json } from '../../../kernel/stable-json';
import { changeDraft } from '../product';
import type { DiscountRefusal } from './refusals';
import { readDefinition } from './read-definition';
import { VERSIONS_OF_DISCOUNTS } from './versions-of-discounts';

export interface ChangeDiscountDraftInput {
  readonly versionId: Id<'discountVersion'>;
  readonly expectedVersion: number;
  readonly definition: Json;
}

/** Changes what a draft, or a version in test, says 修改草稿: whole, since its parts hang together. */
export const changeDiscountDraft: UseCase<ChangeDiscountDraftInput, { versionId: Id<'discountVersion'> }, DiscountRefusal> = {
  name: 'changeDiscountDraft',
  permission: 'catalogue:write',
  run(unit, { definition, ...change }) {
    return changeDraft(unit, VERSIONS_OF_DISCOUNTS, change, (discount) => readDefinition(unit, discount, definition));
  },
};
