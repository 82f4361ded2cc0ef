import { takeBackDiscounts } from '../../component/discount';
import { refuseOrder, type ContentOf } from '../../component/order';
import { endPlansIn, holdProducts, selectStandingProducts, type StandingProduct } from '../../component/product';
import { localTime } from '../../../kernel/calendar';
import { newId } from '../../../kernel/id';
import { isBefore } from '../../../kernel/period';
import { systemScope } from '../../../kernel/scope';
import { ok, refusedBy } from '../../../kernel/result';
import { bundleWith, definitionOf, isMemberAfter, roleAfter } from './bundle-members';
import { quoteLeaving } from './contracts';
import { fixDiscounts, wantedDiscounts } from './fix-discounts';
import { checkUndertaken, monthlyOf } from './good-number';
import {
  beginOfPlan,
  checkAhead,
  checkPlanned,
  instanceIn,
  isChangedTwice,
  plannedAfter,
  readHolding,
  standingNow,
  type Holding,
} from './held-products';
import { payingAccount } from './next-period';
import { heldWithout, modified } from './network-change';
import type { Accepting, OrderKind, PricedLine } from './order-kind';
import { agreedPrices, checkOffers, fixProducts, offersFor, soldWith, type Ordered, type Wanted } from './ordered-products';
import { subscriberOf } from './party-of';
import { withoutFees } from './quote-bundle';
import { quoteCredit } from './quote-changes';
import { quoteProducts } from './quote-products';
import type { AcceptanceRefusal, Refused } from './refusals';

type Content = ContentOf<'CHANGE_PLAN'>;

function wantedBy({ plan }: Content): Wanted[] {
  return [{ product: plan, field: 'plan', kind: 'PLAN' }];
}

/**
 * 变更套餐: another plan, at once or with the next billing period of the account that pays by default. It is an instance of its own; the one
 * that is held ends when it begins, and a plan that was to follow is taken back.
 */
export const changePlan: OrderKind<'CHANGE_PLAN'> = {
  action: 'MODIFY',
  async fix(unit, content, where) {
    const { startAt } = where;
    const [plan] = await fixProducts(unit, [content.plan], where);
    // Whether the caller may touch the subscriber is asked when it is locked, which comes after.
    const standing = await selectStandingProducts({ ...unit, scope: systemScope }, content.subscriberId, startAt);
    const replaces = standing.find(({ isPlan, validFrom }) => isPlan && !isBefore(startAt, validFrom));
    const replacesId = replaces?.instanceId ?? null;
    const plannedIds = plannedAfter(standing, startAt);
    const discounts = await fixDiscounts(unit, content.discounts, where);
    return { ...content, plan: plan ?? content.plan, instanceId: newId('productInstance'), replacesId, plannedIds, ...discounts };
  },
  touches: ({ subscriberId }) => ({ subscriber: { id: subscriberId, field: 'subscriberId' }, inBundle: true }),
  async check(accepting, content) {
    const { service_type: serviceType } = subscriberOf(accepting.parties, content.subscriberId);
    const ordered = await offersFor(accepting, wantedBy(content));
    const holding = await readHolding(accepting, content.subscriberId);
    return refusedBy<AcceptanceRefusal>(
      await checkOffers(accepting, wantedBy(content), { ordered, serviceType }),
      checkReplaced(accepting, content, holding, ordered),
      await checkRole(accepting, content),
      await checkUndertaken(accepting, content.subscriberId, {
        from: await beginOfPlan(accepting, content),
        monthlyWithin: monthlyOf(ordered),
        field: 'plan',
      }),
    );
  },
  async quote(accepting, content) {
    const { subscriberId } = content;
    const { plan, planned } = await readHolding(accepting, subscriberId);
    const from = await beginOfPlan(accepting, content);
    const ordered = await offersFor(accepting, wantedBy(content));
    const quoted = await quoteProducts(accepting, ordered, await payingAccount(accepting, subscriberId), from);
    const lines = isMemberAfter(accepting, subscriberId) ? withoutFees(quoted) : quoted;
    const told = planned.map(({ code, validFrom }) => ({ code, at: localTime(validFrom, accepting.timeZone) }));
    return [
      ...lines.map((line) => withTakenBack(line, told)),
      ...(plan === undefined || bundleWith(accepting.parties, subscriberId) !== undefined
        ? []
        : await quoteCredit(accepting, plan, { subscriberId, from })),
      ...(plan === undefined
        ? []
        : await quoteLeaving(accepting, plan, { subscriberId, at: from, by: bindsAnew(plan, ordered) ? 'RENEWAL' : 'SUCCESSION' })),
    ];
  },
  begins: beginOfPlan,
  // One that begins with the next period changes nothing on the network yet.
  network: (_accepting, content, before) => {
    if (content.when !== 'NOW') return undefined;
    const { code, quantity } = content.plan;
    const stay = heldWithout(before.products, content.replacesId);
    return modified(before, { products: { ...stay, [instanceIn(content)]: { code, quantity: quantity ?? 1 } } });
  },
  asks: ({ subscriberId, plan, discounts }) => ({
    discounts: wantedDiscounts(discounts, { subscriberId, accountId: null }),
    products: [plan.code],
  }),
  async effect(accepting, content, itemNo) {
    const { wide, orderId, parties, timeZone } = accepting;
    const { subscriberId } = content;
    const subscriber = subscriberOf(parties, subscriberId);
    const { organisation_id: organisationId, service_type: serviceType } = subscriber;
    const ordered = await offersFor({ ...accepting, unit: wide }, wantedBy(content));
    const from = await beginOfPlan(accepting, content);
    const plans = (await standingNow(wide, subscriberId)).filter(({ isPlan }) => isPlan);
    const takenBack = await endPlansIn(wide, subscriber, plans, { at: from, timeZone });
    if (takenBack.length > 0) await takeBackDiscounts(wide, subscriber);
    const made = { instanceId: instanceIn(content), isPlan: true, agreed: agreedPrices(content.plan) };
    const products = ordered.map(({ offer, quantity }) => ({ ...offer, ...made, quantity }));
    const sold = soldWith(accepting, wantedBy(content));
    await holdProducts(wide, [{ subscriberId, orderId, itemNo, organisationId, serviceType, from, sold, products }], timeZone);
    return ok({ instanceId: instanceIn(content), from: from.toString(), takenBack: takenBack.map(({ code }) => code) });
  },
};

/** A member of a bundle goes on with a product of its role 套餐成员换套餐; else it leaves the bundle by the same order. */
async function checkRole(accepting: Accepting, { subscriberId, plan: { code: product } }: Content): Promise<Refused | undefined> {
  const stays = roleAfter(accepting, subscriberId);
  if (stays === undefined) return undefined;
  const { bundle, role } = stays;
  const member = (await definitionOf(accepting, bundle)).members.find((one) => one.role === role);
  if (member === undefined || member.products.includes(product)) return undefined;
  return refuseOrder('PLAN_NOT_OF_ROLE', 'plan', { product, bundle: bundle.code, role });
}

/** Whether the same product goes on, with its term from the first day again 续约: then no contract is left. */
function bindsAnew({ productId }: StandingProduct, [one]: readonly Ordered[]): boolean {
  return one !== undefined && one.offer.productId === productId && one.offer.definition.term !== null;
}

function checkReplaced(accepting: Accepting, content: Content, holding: Holding, [one]: readonly Ordered[]): Refused | undefined {
  const { plan, planned } = holding;
  const other = checkPlanned(holding, content, 'plan');
  if (other !== undefined) return other;
  if ((plan?.instanceId ?? null) !== content.replacesId) return refuseOrder('PLAN_CHANGED', 'plan');
  if (plan !== undefined && isChangedTwice(accepting.items, plan)) {
    return refuseOrder('INSTANCE_TWICE', 'plan', { product: plan.code });
  }
  if (one === undefined) return undefined;
  const { versionId, code: brought } = one.offer;
  const taken = [plan, ...planned].flatMap((gone) => gone?.code ?? []);
  return refusedBy<AcceptanceRefusal>(
    planned.length === 0 && plan?.versionId === versionId && refuseOrder('UNCHANGED', 'plan'),
    checkAhead(accepting, holding, { instanceId: instanceIn(content), brought, taken, field: 'plan' }),
  );
}

/** A change that stands ahead and is replaced is told where the new plan is. */
function withTakenBack(line: PricedLine, planned: readonly { readonly code: string; readonly at: string }[]): PricedLine {
  if (line.kind !== 'RECURRING' || planned.length === 0) return line;
  const { zh, en } = line.explanation;
  const told = planned.map(({ code, at }) => `${code} (${at})`).join(', ');
  return { ...line, explanation: { zh: `${zh}；取代已预约的变更 ${told}`, en: `${en}; replaces the change planned to ${told}` } };
}
