import type { ReadContext } from '../../context';
import { selectOffers, type StoredOffer } from '../../../data/operation/product/select-offers';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { definitionsOf } from './definitions';
import type { BundleDefinition, Eligibility, ProductDefinition } from './model/definition';
import { atNode, setAside, type NodePrices } from './model/node-prices';
import { fromStored } from './model/stored-document';

/** What is asked for: the node at which it is to be sold, when, and what. */
export interface SellableAsked {
  readonly organisationId: Id<'organisation'>;
  readonly at: Instant;
  /** Of products and bundles: the versions that are sold at the instant. */
  readonly codes: readonly string[];
  /** Versions that are asked for by id, drafts among them: for those who may try what is not released. */
  readonly versionIds?: readonly Id<'productVersion'>[];
}

interface OfferOf<Kind extends string, Definition> extends Omit<StoredOffer, 'kind' | 'sayings'> {
  readonly kind: Kind;
  /** With the prices that hold at the node. */
  readonly definition: Definition;
  /** Codes of the prices of which a node's amount is beyond what the version allows, so that the list price holds. */
  readonly setAside: readonly string[];
  /** All of these must be fulfilled: the product's own, and what the nodes above say. */
  readonly eligibility: readonly Eligibility[];
}

/** A version that can be sold at a node. */
export type Offer = OfferOf<'PLAN' | 'ADD_ON', ProductDefinition> | OfferOf<'BUNDLE', BundleDefinition>;

/**
 * What can be sold at a node at an instant, of what is asked for: one statement, and a second for definitions that this process
 * has not read lately. What is not offered there, not on sale, or stopped by a node above is left out. Versions that were never
 * released are answered to those only who hold `catalogue:test` at the node.
 */
export async function sellable(
  context: Pick<ReadContext, 'sql' | 'scope' | 'now'>,
  { organisationId, at, codes, versionIds = [] }: SellableAsked,
): Promise<Offer[]> {
  if (codes.length === 0 && versionIds.length === 0) return [];
  const found = await selectOffers(context, { organisationId, at, codes, versionIds });
  const offered = found.filter(({ sayings }) => sayings.every(({ sold }) => sold));
  const definitions = await definitionsOf(context, offered);
  return offered.flatMap((offer) => {
    const definition = definitions.get(offer.versionId);
    return definition === undefined ? [] : [toOffer(offer, definition)];
  });
}

function toOffer({ sayings, ...offer }: StoredOffer, definition: ProductDefinition | BundleDefinition): Offer {
  const narrowings = sayings.map(({ narrowing }) => fromStored<Eligibility>(narrowing)).filter((said) => Object.keys(said).length > 0);
  return {
    ...offer,
    definition: atNode(definition, sayings.map(nodePrices)),
    setAside: setAside(definition, sayings.map(nodePrices)),
    eligibility: [definition.eligibility, ...narrowings],
  } as Offer;
}

function nodePrices({ prices }: StoredOffer['sayings'][number]): NodePrices {
  const said = fromStored<readonly { readonly code: string; readonly amountsMinor: readonly bigint[] }[]>(prices);
  return Object.fromEntries(said.map(({ code, amountsMinor }) => [code, amountsMinor]));
}
