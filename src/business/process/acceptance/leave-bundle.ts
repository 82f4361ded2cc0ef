import { endDiscountsOfBundle } from '../../component/discount';
import { refuseOrder } from '../../component/order';
import { leaveBundle, type LockedBundle } from '../../component/product';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import { bundleWith, membersWithout } from './bundle-members';
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
    // Another who left may have ended the bundle while people did their step: what was asked for has come about.
    if (bundle === undefined && accepting.begun === true) return undefined;
    const theirs = bundle?.holderId === accepting.customerId || (await ownerOf(accepting, subscriberId)) === accepting.customerId;
    if (!theirs) return refuseOrder('NOT_THEIRS', 'subscriberId');
    return bundle === undefined ? refuseOrder('NOT_IN_BUNDLE', 'subscriberId') : undefined;
  },
  quote: quoteAlone,
  async effect(accepting, { subscriberId }) {
    return ok({ bundle: await leaveOrdered(accepting, subscriberId) });
  },
};

/** Takes a subscriber out of its bundle; it has been checked. @returns the bundle's code; null where it has been out of it since the order began */
export async function leaveOrdered(accepting: Accepting, subscriberId: Id<'subscriber'>): Promise<string | null> {
  const bundle = bundleWith(accepting.parties, subscriberId);
  if (bundle === undefined) return endedBefore(accepting)?.code ?? null;
  const after = membersWithout(accepting, bundle, subscriberId);
  if (await leaveBundle(accepting.wide, bundle, subscriberId, after)) await endDiscountsOfBundle(accepting.wide, bundle);
  return bundle.code;
}

/** The bundle that an item before this one has ended, by leaving it: whoever was to leave it with that item has left it too. */
function endedBefore({ parties, wide }: Accepting): LockedBundle | undefined {
  return [...parties.bundles.values()].find(({ endedAt }) => endedAt?.equals(wide.now) === true);
}
