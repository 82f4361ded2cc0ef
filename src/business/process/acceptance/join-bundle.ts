import { refuseOrder } from '../../component/order';
import { selectSubscriberCustomers } from '../../component/subscriber';
import type { Id } from '../../../kernel/id';
import { isBefore } from '../../../kernel/period';
import { ok, refusedBy } from '../../../kernel/result';
import { bundleWith, changesPlan, checkJoining, holderOfBundle, joinOrdered, leaversOf } from './bundle-members';
import { readHolding, standingNow, type Holding } from './held-products';
import type { Accepting, OrderKind } from './order-kind';
import { quotePart } from './quote-bundle';
import { quoteCredit } from './quote-changes';
import type { AcceptanceRefusal, Refused } from './refusals';

/**
 * 加入融合套餐: a subscriber that is there becomes a member, of a bundle that an earlier item of the order opens or of one that is there. Its
 * plan must be one of its role; where it holds another, a change of plan stands before it in the same order.
 */
export const joinBundleKind: OrderKind<'JOIN_BUNDLE'> = {
  action: 'MODIFY',
  anyOwner: true,
  touches: ({ subscriberId, bundle: { bundleInstanceId } }) => ({
    subscriber: { id: subscriberId, field: 'subscriberId' },
    inBundle: true,
    ...(bundleInstanceId !== null && { bundle: { id: bundleInstanceId, field: 'bundle.bundleInstanceId' } }),
  }),
  async check(accepting, { subscriberId, bundle: to }) {
    const { customerId } = accepting;
    const ownerId = await ownerOf(accepting, subscriberId);
    const plans = plansAhead(accepting, await readHolding(accepting, subscriberId));
    return refusedBy<AcceptanceRefusal>(
      checkFree(accepting, subscriberId),
      ownerId !== customerId && holderOfBundle(accepting, to) !== customerId && refuseOrder('NOT_THEIRS', 'subscriberId'),
      plans.length === 0 && refuseOrder('PLAN_NEEDED', 'subscriberId'),
      await checkJoining(accepting, { subscriberId, to }, { ownerId, plans, field: 'subscriberId' }),
    );
  },
  async quote(accepting, { subscriberId, bundle }) {
    const { plan } = await readHolding(accepting, subscriberId);
    const stays = plan !== undefined && !changesPlan(accepting.items, subscriberId);
    const credit = stays ? await quoteCredit(accepting, plan, { subscriberId, from: accepting.startAt }) : [];
    return [...credit, ...(await quotePart(accepting, subscriberId, bundle))];
  },
  async effect(accepting, { subscriberId, bundle: to }, itemNo) {
    const held = (await standingNow(accepting.wide, subscriberId)).filter(
      ({ isPlan, validFrom }) => isPlan && !isBefore(accepting.wide.now, validFrom),
    );
    // A change of plan that waits for people's step has not been done yet.
    const plans = held.map(({ code }) => code);
    const ownerId = await ownerOf(accepting, subscriberId);
    const refused = await checkJoining(accepting, { subscriberId, to }, { ownerId, plans, field: 'subscriberId' });
    if (refused !== undefined) return refused;
    await joinOrdered(accepting, [{ subscriberId, to, itemNo }]);
    return ok({ role: to.role });
  },
};

/** Who owns a subscriber now. */
export async function ownerOf({ wide }: Accepting, subscriberId: Id<'subscriber'>): Promise<Id<'customer'>> {
  const roles = await selectSubscriberCustomers(wide, [subscriberId], { validAt: wide.now, knownAt: null });
  return (roles.find(({ role }) => role === 'OWNER')?.customerId ?? '') as Id<'customer'>;
}

/** The plans that a subscriber holds from the order's start on, and those that are planned to follow. */
function plansAhead({ startAt }: Accepting, { ahead }: Holding): string[] {
  return ahead.filter(({ isPlan, to }) => isPlan && (to === null || isBefore(startAt, to))).map(({ code }) => code);
}

/** Whether it is in no bundle, or leaves it by the same order, and joins one only. */
function checkFree({ parties, items }: Accepting, subscriberId: Id<'subscriber'>): Refused | undefined {
  const within = bundleWith(parties, subscriberId);
  const joins = items.filter((item) => item.kind === 'JOIN_BUNDLE' && item.content.subscriberId === subscriberId);
  if (joins.length > 1) return refuseOrder('BUNDLE_NOT_NAMED', 'bundle');
  if (within === undefined || leaversOf(items).includes(subscriberId)) return undefined;
  return refuseOrder('IN_A_BUNDLE', 'subscriberId', { bundle: within.code });
}
