import { endDiscountsOfBundle } from '../../component/discount';
import { refuseOrder } from '../../component/order';
import { leaveBundle, type LockedBundle } from '../../component/product';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import { bundleWith, membersAfter } from './bundle-members';
import { ownerOf } from './join-bundle';
import type { Accepting, OrderKind } from './order-kind';
import { quoteAlone } from './quote-alone';

/** 退出融合套餐: a member leaves, its plan stays, and pays the stand-alone price from that day on. What the bundle says of it follows. */
export const leaveBundleKind: OrderKind<'LEAVE_BUNDLE'> = {
  action: 'MODIFY',
  anyOwner: true,
  leavesContracts: true,
  touches: ({ subscriberId }) => ({ subscriber: { id: subscriberId, field: 'subscriberId' }, inBundle: true }),
  async check(accepting, { subscriberId }) {
    const bundle = bundleWith(accepting.parties, subscriberId) ?? endedBefore(accepting);
    const theirs = bundle?.holderId === accepting.customerId || (await ownerOf(accepting, subscriberId)) === accepting.customerId;
    if (!theirs) return refuseOrder('NOT_THEIRS', 'subscriberId');
    return bundle === undefined ? refuseOrder('NOT_IN_BUNDLE', 'subscriberId') : undefined;
  },
  quote: quoteAlone,
  async effect(accepting, { subscriberId }) {
    return ok({ bundle: await leaveOrdered(accepting, subscriberId) });
  },
};

/** Takes a subscriber out of its bundle; it has been checked. @returns the bundle's code */
export async function leaveOrdered(accepting: Accepting, subscriberId: Id<'subscriber'>): Promise<string> {
  const bundle = bundleWith(accepting.parties, subscriberId);
  if (bundle === undefined) {
    const ended = endedBefore(accepting);
    invariant(ended !== undefined, 'who leaves a bundle is in it');
    return ended.code;
  }
  const after = membersAfter(accepting, bundle.id).filter((one) => one.subscriberId !== subscriberId);
  if (await leaveBundle(accepting.wide, bundle, subscriberId, after)) await endDiscountsOfBundle(accepting.wide, bundle);
  return bundle.code;
}

/** The bundle that an item before this one has ended, by leaving it: whoever was to leave it with that item has left it too. */
function endedBefore({ parties, wide }: Accepting): LockedBundle | undefined {
  return [...parties.bundles.values()].find(({ endedAt }) => endedAt?.equals(wide.now) === true);
}
