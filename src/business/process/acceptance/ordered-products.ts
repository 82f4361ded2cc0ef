import { refuseOrder, type OrderedProduct } from '../../component/order';
import { selectAncestorIds, selectOrganisationsById } from '../../component/organisation';
import {
  AMOUNT_MINOR_MAX, checkEligibility, checkRules, isDraft, lockCustomerHolding, selectCustomerHolding, toldReasons,
  type CustomerHolding, type Eligibility, type EligibilityFacts, type Offer, type RuleBreach, type SoldAt, type VersionState,
} from '../../component/product'; // prettier-ignore
import type { Unit } from '../../context';
import { localDate } from '../../../kernel/calendar';
import { instantFromDatabase } from '../../../kernel/clock';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { refusedBy } from '../../../kernel/result';
import { offeredVersions, soldNow } from './offered';
import { productsOnTrial } from './on-trial';
import type { Accepting, WhereAndWhen } from './order-kind';
import type { AcceptanceRefusal, Refused } from './refusals';

/** A product of an item with its field in the content, and what it must be. */
export interface Wanted {
  readonly product: OrderedProduct;
  readonly field: string;
  readonly kind: 'PLAN' | 'ADD_ON';
}

export type ProductOffer = Extract<Offer, { readonly kind: 'PLAN' | 'ADD_ON' }>;

/** A product of an item with what is offered for it. */
export interface Ordered extends Wanted {
  readonly offer: ProductOffer;
  readonly quantity: number;
}

/** What demands something of whoever has it. */
export interface Demanding {
  readonly offer: Pick<Offer, 'code' | 'eligibility'>;
  readonly field: string;
}

/** Decides which version of each product is sold at the hall, and how many of it where nothing is said; what is not sold stays open. */
export async function fixProducts(
  unit: Unit,
  products: readonly OrderedProduct[],
  where: Pick<WhereAndWhen, 'organisationId' | 'trial'>,
): Promise<OrderedProduct[]> {
  const codes = [...new Set(products.map(({ code }) => code))];
  const tried = await productsOnTrial(unit, codes, where);
  const sold = codes.filter((code) => !tried.has(code));
  const { organisationId } = where;
  const offers = [
    ...(await soldNow(unit, organisationId, sold)),
    ...(await offeredVersions({ unit, organisationId, items: [] }, unit.now, [...tried.values()])),
  ];
  return products.map((product) => {
    const offer = offers.find(({ code }) => code === product.code);
    if (offer === undefined || offer.kind === 'BUNDLE') return { ...product, versionId: offer?.versionId ?? null };
    return {
      ...product,
      versionId: offer.versionId,
      soldAt: unit.now.toString(),
      quantity: product.quantity ?? offer.definition.quantity.standard,
    };
  });
}

/** Where and when products of an order are sold: their prices are those of then, whatever is said later. */
export function soldWith({ organisationId, unit }: Pick<Accepting, 'organisationId' | 'unit'>, wanted: readonly Wanted[]): SoldAt {
  const soldAt = wanted.find(({ product }) => product.soldAt !== undefined)?.product.soldAt;
  return { organisationId, at: soldAt === undefined ? unit.now : instantFromDatabase(soldAt) };
}

/** What is offered for the products of an item: the version that was quoted, even if another is sold by now. */
export async function offersFor(accepting: Accepting, wanted: readonly Wanted[]): Promise<readonly Ordered[]> {
  const versionIds = [...new Set(wanted.flatMap(({ product }) => product.versionId ?? []))];
  const { at } = soldWith(accepting, wanted);
  const offers = await offeredVersions(accepting, at, versionIds);
  const held = new Map(offers.filter(({ state }) => isOffered(state)).map((offer) => [offer.versionId, offer]));
  return wanted.flatMap((one) => {
    const offer = one.product.versionId === null ? undefined : held.get(one.product.versionId);
    if (offer === undefined || offer.kind === 'BUNDLE') return [];
    return [{ ...one, offer, quantity: one.product.quantity ?? offer.definition.quantity.standard }];
  });
}

/** What was sold when it was quoted, and is not suspended; a draft only where a quotation is a trial, and to who may try it. */
export function isOffered(state: VersionState): boolean {
  return state === 'active' || state === 'retired' || isDraft(state);
}

/** Every reason why a new subscriber of a line cannot have these products, and no others. */
export async function checkProducts(accepting: Accepting, wanted: readonly Wanted[], serviceType: string): Promise<Refused | undefined> {
  const ordered = await offersFor(accepting, wanted);
  const codes = ordered.map(({ offer }) => offer.code);
  return refusedBy<AcceptanceRefusal>(
    await checkOffers(accepting, wanted, { ordered, serviceType }),
    ...ordered.flatMap(({ offer, field }) =>
      checkRules(offer.code, offer.definition.rules, codes).map((breach) => told(breach, offer.code, field)),
    ),
  );
}

/** Every reason why products cannot be had by the customer, on a line: each for itself. */
export async function checkOffers(
  accepting: Accepting,
  wanted: readonly Wanted[],
  { ordered, serviceType }: { readonly ordered: readonly Ordered[]; readonly serviceType: string },
): Promise<Refused | undefined> {
  const missing = wanted.filter(({ field }) => !ordered.some((one) => one.field === field));
  const facts = await factsOf(
    accepting,
    ordered.flatMap(({ offer }) => offer.eligibility),
    [],
  );
  // What is ordered beside a product counts as held; the product itself would always, or never, be had for itself.
  const beside = (one: Ordered): string[] => ordered.filter((other) => other !== one).map(({ offer }) => offer.code);
  return refusedBy<AcceptanceRefusal>(
    ...missing.map(({ product, field }) => refuseOrder('PRODUCT_NOT_SOLD', field, { product: product.code })),
    ...ordered.map((one) => checkOne(accepting, one, serviceType)),
    ...ordered.map((one) => checkAgreed(accepting, one)),
    ...ordered.map((one) => checkWho(one, { ...facts, holds: [...facts.holds, ...beside(one)] })),
  );
}

/** What a product is to be, in the words of the clerk. */
export const KINDS_TOLD = {
  PLAN: { zh: '主套餐', en: 'plan' },
  ADD_ON: { zh: '附加产品', en: 'add-on' },
  BUNDLE: { zh: '融合套餐', en: 'bundle' },
} as const;

function checkOne({ currency }: Accepting, { offer, field, kind, quantity }: Ordered, serviceType: string): Refused | undefined {
  const { code: product, definition } = offer;
  const { least, most } = definition.quantity;
  return refusedBy<AcceptanceRefusal>(
    offer.kind !== kind && refuseOrder('PRODUCT_KIND_WRONG', field, { product, wanted: KINDS_TOLD[kind] }),
    offer.serviceType !== serviceType && refuseOrder('PRODUCT_OF_ANOTHER_LINE', field, { product }),
    offer.currency !== currency && refuseOrder('CURRENCY_DIFFERS', field),
    (quantity < least || quantity > most) && refuseOrder('QUANTITY_REFUSED', field, { product, least, most }),
  );
}

/** What was agreed upon must be of prices that there are, of those that are charged once or each period, and as much as a list may ask. */
function checkAgreed({ currency }: Accepting, { offer, product: { prices = [] }, field }: Ordered): Refused | undefined {
  const { code: product, definition } = offer;
  const wrong = prices.map(({ code: price, amount }, place): Refused | undefined => {
    const of = definition.prices.find(({ code }) => code === price);
    const at = `${field}.prices.${place}`;
    if (of?.kind !== 'ONE_TIME' && of?.kind !== 'RECURRING') return refuseOrder('PRICE_NOT_NEGOTIABLE', at, { product, price });
    if (prices.findIndex(({ code }) => code === price) < place) return refuseOrder('PRICE_TWICE', at, { price });
    if (BigInt(amount.amountMinor) > AMOUNT_MINOR_MAX) return refuseOrder('AMOUNT_TOO_LARGE', `${at}.amount.amount`);
    return amount.currency === currency ? undefined : refuseOrder('CURRENCY_DIFFERS', at);
  });
  return refusedBy<AcceptanceRefusal>(...wrong);
}

/** The amounts that were agreed upon 协议价, by price; undefined where the list holds. */
export function agreedPrices({ prices = [] }: OrderedProduct): ReadonlyMap<string, bigint> | undefined {
  return prices.length === 0 ? undefined : new Map(prices.map(({ code, amount }) => [code, BigInt(amount.amountMinor)]));
}

/** Why the customer cannot have what is offered. */
export function checkWho({ offer: { code: product, eligibility }, field }: Demanding, facts: EligibilityFacts): Refused | undefined {
  const reasons = eligibility.flatMap((one) => checkEligibility(one, facts));
  return reasons.length === 0 ? undefined : refuseOrder('NOT_ELIGIBLE', field, { product, reasons: toldReasons(reasons) });
}

/** A broken rule of a product, in the words of the clerk. */
export function told(breach: RuleBreach, product: string, field: string): Refused {
  switch (breach.rule) {
    case 'REQUIRES':
      return refuseOrder('PRODUCT_REQUIRED', field, { product, codes: breach.codes.join(', ') });
    case 'EXCLUDES':
      return refuseOrder('PRODUCT_EXCLUDED', field, { product, codes: breach.codes.join(', ') });
    case 'AT_MOST':
      return refuseOrder('PRODUCT_TOO_OFTEN', field, { product, most: breach.most });
  }
}

/** More than a unit waits for a lock, and clocks differ. */
const CLOCKS_APART_SECONDS = 60;

const NOTHING: CustomerHolding = { inServiceSince: null, codes: [] };

/** What is known of the customer, as far as anything that is ordered asks for it; `ordering` are codes of products that it orders. */
export async function factsOf(
  accepting: Accepting,
  eligibilities: readonly Eligibility[],
  ordering: readonly string[],
): Promise<EligibilityFacts> {
  const { wide, organisationId, customerId, parties, timeZone } = accepting;
  const asks = (part: keyof Eligibility): boolean => eligibilities.some((one) => one[part] !== undefined);
  const ofHolding = asks('tenureMonths') || asks('holdsAnyOf') || asks('holdsNoneOf');
  const holdingAt = (validAt: Instant): Promise<CustomerHolding> => selectCustomerHolding(wide, customerId, { validAt, knownAt: null });
  const alone = asks('holdsNoneOf');
  // Of two orders at once, each must see what the other has brought: also where that one's clock is ahead of ours.
  if (alone) await lockCustomerHolding(wide.transaction, customerId);
  const { inServiceSince, codes } = ofHolding ? await holdingAt(wide.now) : NOTHING;
  const { codes: brought } = alone ? await holdingAt(wide.now.add({ seconds: CLOCKS_APART_SECONDS })) : NOTHING;
  const above = asks('organisations') ? ((await selectAncestorIds(wide, [organisationId])).get(organisationId) ?? []) : [];
  const nodes = await selectOrganisationsById(wide, [...above] as Id<'organisation'>[]);
  const customer = parties.customers.get(customerId);
  const since = inServiceSince === null ? null : localDate(inServiceSince, timeZone);
  return {
    customerKind: customer?.kind ?? '',
    grade: customer?.grade ?? '',
    organisations: nodes.map(({ code }) => code),
    tenureMonths: since === null ? 0 : since.until(localDate(wide.now, timeZone), { largestUnit: 'months' }).months,
    holds: [...codes, ...brought, ...ordering],
  };
}
