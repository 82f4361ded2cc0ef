import { isRealName } from '../../component/customer';
import { readItem, refuseOrder, selectLatestDone, type ContentOf } from '../../component/order';
import { holdProducts } from '../../component/product';
import {
  activateIn, assignCustomerIn, endPartPaymentIn, refuseSubscriber, selectIdentifiers, selectPaymentRelations, selectSubscriberCustomers,
  setDefaultPaymentIn, type SubscriberRefusal,
} from '../../component/subscriber'; // prettier-ignore
import type { Unit } from '../../context';
import { ok, refusedBy, type Result } from '../../../kernel/result';
import { fixDiscounts, wantedDiscounts } from './fix-discounts';
import { checkGoodNumber, fixGoodNumber, monthlyOf, quoteGoodNumber, undertake, type GivesNumber } from './good-number';
import { readAgain } from './lock-parties';
import { orderedOf, told } from './network-change';
import type { Accepting, OrderKind, WhereAndWhen } from './order-kind';
import { agreedPrices, checkProducts, fixProducts, offersFor, soldWith, type Wanted } from './ordered-products';
import { accountOf, subscriberOf } from './party-of';
import { quoteProducts } from './quote-products';
import type { AcceptanceRefusal } from './refusals';
import { widen } from './widen';

type Activation = ContentOf<'ACTIVATE'>;

/**
 * 激活: a subscriber that was opened ahead goes in service for the customer of the order, whoever had it ready: he owns, uses and pays for
 * it from then on, under his real name, and its products begin.
 */
export const activate: OrderKind<'ACTIVATE'> = {
  action: 'MODIFY',
  beforeService: true,
  anyOwner: true,
  async fix(unit, content, where) {
    const chosen = await chosenFor(unit, content, where);
    const held = await selectIdentifiers(widen(unit), [content.subscriberId], { validAt: unit.now, knownAt: null });
    const number = held.find(({ kind }) => kind === 'NUMBER')?.value;
    return { ...content, ...chosen, ...(number !== undefined && { number, ...(await fixGoodNumber(unit, number)) }) };
  },
  touches: ({ subscriberId, userId, accountId }) => ({
    customers: userId === null ? [] : [{ id: userId, field: 'userId' }],
    accounts: [{ id: accountId, field: 'accountId' }],
    subscriber: { id: subscriberId, field: 'subscriberId' },
  }),
  async check(accepting, content) {
    const { wide, parties, customerId } = accepting;
    const { status, service_type: serviceType } = subscriberOf(parties, content.subscriberId);
    if (status !== 'pendingActive' || content.plan === null) return refuseSubscriber('STATUS_REFUSES', 'subscriberId', { status });
    return refusedBy<AcceptanceRefusal>(
      accountOf(parties, content.accountId).customer_id !== customerId && refuseOrder('ACCOUNT_NOT_THEIRS', 'accountId'),
      !(await isRealName(wide, customerId)) && refuseOrder('NOT_REAL_NAME'),
      await checkProducts(accepting, wantedBy(content), serviceType),
      await checkGoodNumber(accepting, numberOf(content), monthlyOf(await offersFor(accepting, wantedBy(content))), 'plan'),
    );
  },
  async quote(accepting, content) {
    const products = await quoteProducts(accepting, await offersFor(accepting, wantedBy(content)), content.accountId);
    return [...products, ...quoteGoodNumber(numberOf(content))];
  },
  network: (_accepting, { plan, addOns }, before) => {
    const after = { ...before, products: orderedOf([...(plan === null ? [] : [plan]), ...(addOns ?? [])]) };
    return told('ACTIVATE', after, 'TERMINATE', after);
  },
  asks: ({ plan, addOns, discounts, ...holder }) => ({
    discounts: wantedDiscounts(discounts ?? undefined, holder),
    products: [...(plan === null ? [] : [plan]), ...(addOns ?? [])].map(({ code }) => code),
  }),
  async effect(accepting, content, itemNo) {
    const { wide, parties, orderId, timeZone } = accepting;
    const { subscriberId } = content;
    const given = await giveTo(accepting, content);
    if (!given.ok) return given;
    const activated = await activateIn(wide, subscriberOf(parties, subscriberId));
    if (!activated.ok) return activated;
    const ordered = await offersFor({ ...accepting, unit: wide }, wantedBy(content));
    const products = ordered.map(({ offer, kind, quantity, product }) => ({
      ...offer, isPlan: kind === 'PLAN', quantity, agreed: agreedPrices(product),
    })); // prettier-ignore
    const { organisation_id: organisationId, service_type: serviceType } = subscriberOf(parties, subscriberId);
    const holder = { subscriberId, orderId, itemNo, organisationId, serviceType, sold: soldWith(accepting, wantedBy(content)) };
    const [held = []] = await holdProducts(wide, [{ ...holder, products }], timeZone);
    await undertake(accepting, numberOf(content), { subscriberId, itemNo });
    return ok({ subscriberId, products: held.length });
  },
};

/**
 * The products and discounts that begin: those that are named, else those that were chosen when it was opened ahead, as they were sold and
 * granted then.
 */
async function chosenFor(
  unit: Unit,
  { plan, addOns, discounts, subscriberId }: Activation,
  where: WhereAndWhen,
): Promise<Pick<Activation, 'plan' | 'addOns' | 'discounts'>> {
  const named = await fixDiscounts(unit, discounts ?? undefined, where);
  if (plan !== null) {
    const [fixed = plan, ...added] = await fixProducts(unit, [plan, ...(addOns ?? [])], where);
    return { plan: fixed, addOns: added, ...named };
  }
  const opened = await selectLatestDone(widen(unit), subscriberId, 'PRE_OPEN');
  const opening = opened === undefined ? undefined : (readItem('PRE_OPEN', opened.content).content as ContentOf<'PRE_OPEN'>);
  const ahead = discounts == null ? opening?.discounts : named.discounts;
  return { plan: opening?.plan ?? null, addOns: opening?.addOns ?? null, ...(ahead !== undefined && { discounts: ahead }) };
}

function wantedBy({ plan, addOns }: Activation): Wanted[] {
  const added = (addOns ?? []).map((product, place): Wanted => ({ product, field: `addOns.${place}`, kind: 'ADD_ON' }));
  return plan === null ? added : [{ product: plan, field: 'plan', kind: 'PLAN' }, ...added];
}

function numberOf({ number, goodNumber }: Activation): GivesNumber {
  return { identifier: number ?? null, goodNumber };
}

/** Lets the customer of the order own, use and pay for it, where he does not already. */
async function giveTo(accepting: Accepting, content: Activation): Promise<Result<undefined, SubscriberRefusal>> {
  const { wide, parties, customerId } = accepting;
  const { subscriberId, userId, accountId } = content;
  const again = (): Promise<void> => readAgain(wide, parties, { subscriber: { id: subscriberId, field: 'subscriberId' } });
  const time = { validAt: wide.now, knownAt: null };
  const roles = await selectSubscriberCustomers(wide, [subscriberId], time);
  for (const role of ['OWNER', 'USER', 'PAYER'] as const) {
    const whose = role === 'USER' ? (userId ?? customerId) : customerId;
    if (roles.some((one) => one.role === role && one.customerId === whose)) continue;
    const assigned = await assignCustomerIn(wide, subscriberOf(parties, subscriberId), { role, customerId: whose });
    if (!assigned.ok) return assigned;
    await again();
  }
  const relations = await selectPaymentRelations(wide, [subscriberId], time);
  if (relations.length > 1) {
    await endPartPaymentIn(wide, subscriberOf(parties, subscriberId));
    await again();
  }
  if (relations.some(({ isDefault, accountId: payer }) => isDefault && payer === accountId)) return ok(undefined);
  const paid = await setDefaultPaymentIn(wide, subscriberOf(parties, subscriberId), accountOf(parties, accountId));
  if (!paid.ok) return paid;
  await again();
  return ok(undefined);
}
