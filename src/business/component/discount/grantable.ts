import type { ReadContext } from '../../context';
import { selectGrantable, type StoredGrantable } from '../../../data/operation/discount/select-grantable';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { fromStored, type Eligibility } from '../product';
import { discountDefinitionsOf } from './definitions';
import type { DiscountDefinition } from './model/definition';

/** What is asked for: the node at which it is to be granted, when, and what. */
export interface GrantableAsked {
  readonly organisationId: Id<'organisation'>;
  readonly at: Instant;
  /** Of discounts: the versions that are granted at the instant. */
  readonly codes: readonly string[];
  /** Versions that are asked for by id, drafts among them: for those who may try what is not released. */
  readonly versionIds?: readonly Id<'discountVersion'>[];
}

/** A version of a discount that can be granted at a node. */
export interface Grantable extends Omit<StoredGrantable, 'sayings'> {
  readonly definition: DiscountDefinition;
  /** All of these must be fulfilled: the discount's own, and what the nodes above say. */
  readonly eligibility: readonly Eligibility[];
}

/**
 * What discounts can be granted at a node at an instant, of what is asked for: one statement, and a second for definitions that this
 * process has not read lately. What is not offered there, not released, or stopped by a node above is left out. Versions that were
 * never released are answered to those only who hold `catalogue:test` at the node. What is left of a budget is told as it was read: whoever grants
 * takes from it by `consumeBudget`.
 */
export async function grantable(
  context: Pick<ReadContext, 'sql' | 'scope' | 'now'>,
  { organisationId, at, codes, versionIds = [] }: GrantableAsked,
): Promise<Grantable[]> {
  if (codes.length === 0 && versionIds.length === 0) return [];
  const found = await selectGrantable(context, { organisationId, at, codes, versionIds });
  const offered = found.filter(({ sayings }) => sayings.every(({ granted }) => granted));
  const definitions = await discountDefinitionsOf(context, offered);
  return offered.flatMap(({ sayings, ...offer }) => {
    const definition = definitions.get(offer.versionId);
    if (definition === undefined) return [];
    const narrowings = sayings.map(({ narrowing }) => fromStored<Eligibility>(narrowing)).filter((said) => Object.keys(said).length > 0);
    return [{ ...offer, definition, eligibility: [definition.eligibility, ...narrowings] }];
  });
}
