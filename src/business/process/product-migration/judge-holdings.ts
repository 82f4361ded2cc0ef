import { refuseOrder, type OrderRefusal } from '../../component/order';
import { monthlyListPrice, sellable, type Offer, type ProductToHold } from '../../component/product';
import type { Unit } from '../../context';
import type { Id } from '../../../kernel/id';
import { refusedBy, type Refusal } from '../../../kernel/result';
import { systemScope } from '../../../kernel/scope';

/** What one subscriber is said to hold. */
export interface HoldingAsked {
  readonly organisationId: Id<'organisation'>;
  readonly serviceType: string;
  /** Of the account that pays. */
  readonly currency: string;
  /** Quantity null: the product's standard. */
  readonly products: readonly { readonly code: string; readonly quantity: number | null }[];
}

export interface JudgedHolding {
  /** Fields are places of the input: `products.0`. */
  readonly refusals: readonly Refusal<OrderRefusal>[];
  /** Empty when anything was refused. */
  readonly products: readonly ProductToHold[];
  /** What they cost a month by the list of the node, in minor units of the operator's currency. */
  readonly monthlyMinor: bigint;
}

/**
 * Finds what subscribers hold in today's catalogue, each at its own node; in the order of the input. That another system sold
 * something is a fact: whether this operator would sell it to them, and beside what, is not asked. That they hold exactly one plan, of
 * their own line of business and in the currency in which they are charged, is.
 */
export async function judgeHoldings(unit: Unit, asked: readonly HoldingAsked[]): Promise<readonly JudgedHolding[]> {
  const codesAt = new Map<Id<'organisation'>, Set<string>>();
  for (const { organisationId, products } of asked) {
    const codes = codesAt.get(organisationId) ?? new Set();
    for (const { code } of products) codes.add(code);
    codesAt.set(organisationId, codes);
  }
  const offers = new Map<Id<'organisation'>, ReadonlyMap<string, Offer>>();
  for (const [organisationId, codes] of codesAt) {
    // Who may import need not see the catalogue.
    const found = await sellable({ ...unit, scope: systemScope }, { organisationId, at: unit.now, codes: [...codes] });
    offers.set(organisationId, new Map(found.map((offer) => [offer.code, offer])));
  }
  return asked.map((holding) => judge(holding, offers.get(holding.organisationId) ?? new Map()));
}

function judge({ serviceType, currency, products }: HoldingAsked, offers: ReadonlyMap<string, Offer>): JudgedHolding {
  const found = products.map(({ code, quantity }, place) => {
    const field = `products.${place}`;
    const offer = offers.get(code);
    if (offer === undefined || offer.kind === 'BUNDLE') return refuseOrder('PRODUCT_NOT_SOLD', field, { product: code });
    const count = quantity ?? offer.definition.quantity.standard;
    const { least, most } = offer.definition.quantity;
    const refused = refusedBy<OrderRefusal>(
      offer.serviceType !== serviceType && refuseOrder('PRODUCT_OF_ANOTHER_LINE', field, { product: code }),
      offer.currency !== currency && refuseOrder('CURRENCY_DIFFERS', field),
      (count < least || count > most) && refuseOrder('QUANTITY_REFUSED', field, { product: code, least, most }),
    );
    return refused ?? { ok: true as const, offer, quantity: count };
  });
  const held = found.flatMap((one) => (one.ok ? [one] : []));
  const refusals = found.flatMap((one) => (one.ok ? [] : one.refusals));
  const plans = held.filter(({ offer }) => offer.kind === 'PLAN').length;
  if (refusals.length === 0 && products.length > 0 && plans !== 1) refusals.push(...refuseOrder('ONE_PLAN', 'products').refusals);
  if (refusals.length > 0) return { refusals, products: [], monthlyMinor: 0n };
  return {
    refusals,
    products: held.map(({ offer, quantity }) => ({ ...offer, isPlan: offer.kind === 'PLAN', quantity })),
    monthlyMinor: held.reduce((sum, { offer, quantity }) => sum + monthlyListPrice(offer.definition, quantity), 0n),
  };
}
