import { endDiscountsOfBundle } from '../../component/discount';
import { refuseOrder, type ContentOf } from '../../component/order';
import { endBundle, type LockedBundle } from '../../component/product';
import { invariant } from '../../../kernel/failure';
import { ok } from '../../../kernel/result';
import type { Accepting, OrderKind } from './order-kind';
import { quoteBundleEnd } from './quote-bundle-end';

/** 终止融合套餐: the bundle ends for all who are in it; each keeps its plan, and pays the stand-alone price from that day on. */
export const closeBundle: OrderKind<'CLOSE_BUNDLE'> = {
  action: 'DELETE',
  leavesContracts: true,
  touches: ({ bundleInstanceId }) => ({ bundle: { id: bundleInstanceId, field: 'bundleInstanceId' } }),
  check({ parties, customerId }, content) {
    const theirs = bundleOf(parties, content).holderId === customerId;
    return Promise.resolve(theirs ? undefined : refuseOrder('BUNDLE_NOT_THEIRS', 'bundleInstanceId'));
  },
  quote: (accepting, content) => quoteBundleEnd(accepting, bundleOf(accepting.parties, content)),
  async effect({ wide, parties }, content) {
    const bundle = bundleOf(parties, content);
    await endBundle(wide, bundle);
    await endDiscountsOfBundle(wide, bundle);
    return ok({ members: bundle.members.length });
  },
};

function bundleOf({ bundles }: Accepting['parties'], { bundleInstanceId }: ContentOf<'CLOSE_BUNDLE'>): LockedBundle {
  const bundle = bundles.get(bundleInstanceId);
  invariant(bundle !== undefined, 'the bundles of an order are locked');
  return bundle;
}
