import { judgeClaims } from '../../component/number';
import { managingNode } from '../../component/organisation';
import { holdProducts, type Holding } from '../../component/product';
import { selectServiceTypes, type ServiceType } from '../../component/service';
import {
  checkNewSubscriber, claimOf, openSubscribers, refuseSubscriber, refusedClaim,
  type OpenSubscriberInput,
} from '../../component/subscriber'; // prettier-ignore
import type { ContentOf, GoodNumber } from '../../component/order';
import type { Unit } from '../../context';
import { invariant } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import { ok, refusedBy, type Result } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';
import { checkJoining, joinOrdered } from './bundle-members';
import { givenBy, takenAmong } from './given-identifiers';
import { checkGoodNumber, fixGoodNumber, monthlyOf, quoteGoodNumber, undertake } from './good-number';
import { missingOf } from './lock-parties';
import { holderOf } from './number-holder';
import { cardNumber, orderedOf, told } from './network-change';
import type { Accepting, Asked, ItemToDo, OrderKind, WhereAndWhen } from './order-kind';
import { fixDiscounts, wantedDiscounts } from './fix-discounts';
import { agreedPrices, checkProducts, fixProducts, offersFor, soldWith, type Wanted } from './ordered-products';
import { quotePart, withoutFees } from './quote-bundle';
import { quoteProducts } from './quote-products';
import type { AcceptanceRefusal, Refused } from './refusals';

type Opening = ContentOf<'OPEN'>;

/** 开户: a subscriber that the customer of the order owns, with its number, a plan, and what is added to it; if it says so, in a bundle. */
export const open: OrderKind<'OPEN'> = {
  action: 'ADD',
  async fix(unit, content, where) {
    return { ...content, ...(await fixOpening(unit, content, where)) };
  },
  placeOfNumber: (_unit, { serviceType, organisationId }) => Promise.resolve({ serviceType, organisationId }),
  touches: (content) => {
    const { serviceType, organisationId, userId, payerId, accountId, bundle } = content;
    const id = subscriberIn(content);
    return {
      number: { subscriberId: id, next: numberIn(content) },
      customers: [
        ...(userId === null ? [] : [{ id: userId, field: 'userId' }]),
        ...(payerId === null ? [] : [{ id: payerId, field: 'payerId' }]),
      ],
      accounts: [{ id: accountId, field: 'accountId' }],
      opens: { id, serviceType, organisationId },
      ...(bundle?.bundleInstanceId != null && { bundle: { id: bundle.bundleInstanceId, field: 'bundle.bundleInstanceId' } }),
    };
  },
  async check(accepting, content) {
    const { unit } = accepting;
    const [serviceType] = await selectServiceTypes(unit, [content.serviceType]);
    if (serviceType === undefined) return refuseSubscriber('SERVICE_TYPE_NOT_FOUND', 'serviceType');
    const malformed = checkNewSubscriber(serviceType, openingOf(accepting, content));
    return refusedBy<AcceptanceRefusal>(
      malformed,
      await managingNode(unit, content.organisationId, 'subscriber:write', refuseSubscriber, serviceType.code),
      malformed === undefined && (await checkReach(accepting, content, serviceType)),
      await checkProducts(accepting, wantedBy(content), serviceType.code),
      await checkGoodNumber(accepting, content, monthlyOf(await offersFor(accepting, wantedBy(content)))),
      content.bundle !== undefined &&
        (await checkJoining(
          accepting,
          { subscriberId: subscriberIn(content), to: content.bundle },
          { ownerId: accepting.customerId, plans: [content.plan.code], field: 'plan' },
        )),
    );
  },
  async quote(accepting, content) {
    const ordered = await offersFor(accepting, wantedBy(content));
    const { bundle, accountId } = content;
    if (bundle === undefined) return [...(await quoteProducts(accepting, ordered, accountId)), ...quoteGoodNumber(content)];
    const [plan, addOns] = [ordered.filter(({ kind }) => kind === 'PLAN'), ordered.filter(({ kind }) => kind === 'ADD_ON')];
    return [
      ...withoutFees(await quoteProducts(accepting, plan, accountId)),
      ...(await quotePart(accepting, subscriberIn(content), bundle)),
      ...(await quoteProducts(accepting, addOns, accountId)),
      ...quoteGoodNumber(content),
    ];
  },
  network: (_accepting, content, before) => {
    const { sim, attributes, plan, addOns } = content;
    const own = { [before.identifierKind]: numberIn(content) };
    const identifiers = sim === null ? own : { ...own, SIM: cardNumber(sim) };
    const after = { ...before, identifiers, characteristics: attributes, products: orderedOf([plan, ...addOns]) };
    return told('ACTIVATE', after, 'TERMINATE', after);
  },
  asks: askedBy,
  effects: openAll,
  async effect(accepting, content, itemNo) {
    return first(await openAll(accepting, [{ content, itemNo }]));
  },
};

/** Opens the subscribers of items, gives them their products, and takes them into their bundles. */
async function openAll(accepting: Accepting, items: readonly ItemToDo<'OPEN'>[]): Promise<readonly Result<Json, AcceptanceRefusal>[]> {
  const { wide, timeZone } = accepting;
  const opened = await openOrdered(accepting, items);
  if (opened.some((one) => !one.ok)) return opened;
  const holdings: Holding[] = [];
  for (const { content, itemNo } of items) {
    holdings.push(await holdingOf(accepting, content, itemNo));
    await undertake(accepting, content, { subscriberId: subscriberIn(content), itemNo });
  }
  const held = await holdProducts(wide, holdings, timeZone);
  const joiners = items.flatMap(({ content, itemNo }) =>
    content.bundle === undefined ? [] : [{ subscriberId: subscriberIn(content), to: content.bundle, itemNo }],
  );
  await joinOrdered(accepting, joiners);
  return holdings.map(({ subscriberId }, place) => ok({ subscriberId, products: held[place]?.length ?? 0 }));
}

async function holdingOf(accepting: Accepting, content: Opening, itemNo: number): Promise<Holding> {
  const { wide, orderId } = accepting;
  const { organisationId, serviceType } = content;
  const ordered = await offersFor({ ...accepting, unit: wide }, wantedBy(content));
  const products = ordered.map(({ offer, kind, quantity, product }) => ({
    ...offer, isPlan: kind === 'PLAN', quantity, agreed: agreedPrices(product),
  })); // prettier-ignore
  const sold = soldWith(accepting, wantedBy(content));
  return { subscriberId: subscriberIn(content), orderId, itemNo, organisationId, serviceType, sold, products };
}

/** Opens the subscribers of items, in service or `ahead` of it. Their parties are locked, and but for the owner known to be active. */
export async function openOrdered(
  accepting: Accepting,
  items: readonly { readonly content: Opening }[],
  { ahead = false }: { readonly ahead?: boolean } = {},
): Promise<readonly Result<Json, AcceptanceRefusal>[]> {
  const { wide, parties, customerId } = accepting;
  const missing = missingOf(parties, { customers: [{ id: customerId, field: 'ownerId' }] });
  if (missing !== undefined) return items.map(() => missing);
  const openings = items.map(({ content }) => ({ ...openingOf(accepting, content), ahead, paymentRelations: [] }));
  const refused = await openSubscribers(wide, openings);
  return openings.map(({ subscriberId }, place) => refused.get(place) ?? ok({ subscriberId }));
}

/** What came of one item, of a list of one. */
export function first(done: readonly Result<Json, AcceptanceRefusal>[]): Result<Json, AcceptanceRefusal> {
  const [one] = done;
  invariant(one !== undefined, 'an item that was done has an outcome');
  return one;
}

/** What holds of an opening from its quotation on: its subscriber's id, its products and discounts as they are sold, what its number asks for. */
export async function fixOpening(
  unit: Unit,
  content: Opening,
  where: WhereAndWhen,
): Promise<Pick<Opening, 'subscriberId' | 'plan' | 'addOns' | 'discounts'> & { readonly goodNumber?: GoodNumber }> {
  const [plan, ...addOns] = await fixProducts(unit, [content.plan, ...content.addOns], where);
  const good = await fixGoodNumber(unit, content.identifier);
  const discounts = await fixDiscounts(unit, content.discounts, where);
  const subscriberId = content.subscriberId ?? newId('subscriber');
  return { ...good, subscriberId, plan: plan ?? content.plan, addOns, ...discounts };
}

/** What an opening asks for beside what it does. */
export function askedBy(content: Opening): Asked {
  return {
    discounts: wantedDiscounts(content.discounts, { subscriberId: subscriberIn(content), accountId: content.accountId }),
    products: [content.plan, ...content.addOns].map(({ code }) => code),
  };
}

/** The subscriber that is to be opened; its id is decided before anything is asked. */
function subscriberIn({ subscriberId }: Opening): Id<'subscriber'> {
  invariant(subscriberId !== null, 'a quoted opening has the id of its subscriber');
  return subscriberId;
}

/** Its number or login: one that was named, or chosen before anything is asked. */
function numberIn({ identifier }: Opening): string {
  invariant(identifier !== null, 'a quoted opening has a number or login');
  return identifier.trim();
}

export function openingOf(
  { customerId, orderId }: Accepting,
  content: Opening,
): OpenSubscriberInput & { readonly subscriberId: Id<'subscriber'> } {
  const { plan: _plan, addOns: _addOns, discounts: _discounts, bundle: _bundle, ...rest } = content;
  const { anyNumber: _anyNumber, goodNumber: _goodNumber, ...opening } = rest;
  return {
    ...opening,
    identifier: numberIn(content),
    subscriberId: subscriberIn(content),
    ownerId: customerId,
    numberHolder: holderOf(orderId),
  };
}

export function wantedBy({ plan, addOns }: Opening): Wanted[] {
  const added = addOns.map((product, place): Wanted => ({ product, field: `addOns.${place}`, kind: 'ADD_ON' }));
  return [{ product: plan, field: 'plan', kind: 'PLAN' }, ...added];
}

/** Whether the number may be had by this order, or this clerk, and neither it nor the card is anybody's. */
async function checkReach(accepting: Accepting, content: Opening, serviceType: ServiceType): Promise<Refused | undefined> {
  const { wide } = accepting;
  const claim = claimOf(openingOf(accepting, content), serviceType);
  const [outcome] = claim === undefined ? [] : await judgeClaims(wide, [claim]);
  return refusedBy<AcceptanceRefusal>(
    outcome === 'UNAVAILABLE' && refusedClaim(outcome, 'identifier'),
    await checkTaken(accepting, content, serviceType),
  );
}

/** Whether neither the number, or login, nor the card of an opening is anybody's. */
export async function checkTaken(accepting: Accepting, content: Opening, serviceType: ServiceType): Promise<Refused | undefined> {
  const given = givenBy(content, serviceType);
  const taken = await takenAmong(accepting, given);
  const blamed = given.filter(({ kind, value }) => taken.some((one) => one.kind === kind && one.value === value));
  return refusedBy<AcceptanceRefusal>(...blamed.map(({ field }) => refuseSubscriber('NUMBER_TAKEN', field)));
}
