import { refuseOrder, type ContentOf } from '../../component/order';
import type { LockedBundle } from '../../component/product';
import { ok } from '../../../kernel/result';
import type { Accepting, OrderKind } from './order-kind';
import { quoteLapse } from './quote-bundle-end';

/**
 * 融合套餐宽限期满: a bundle has ended since nobody took the place of who left it; its contract is charged to its holder, as of the day on which
 * its grace was over. The system alone orders it (`settleLapsedBundle`), once.
 */
export const lapseBundle: OrderKind<'LAPSE_BUNDLE'> = {
  action: 'DELETE',
  touches: ({ bundleInstanceId }) => ({ endedBundle: bundleInstanceId }),
  check(accepting, content) {
    const lapsed = lapsedIn(accepting, content);
    return Promise.resolve(lapsed === undefined ? refuseOrder('BUNDLE_NOT_LAPSED', 'bundleInstanceId') : undefined);
  },
  quote(accepting, content) {
    const lapsed = lapsedIn(accepting, content);
    return lapsed === undefined ? Promise.resolve([]) : quoteLapse(accepting, lapsed.bundle, lapsed.on);
  },
  effect: (accepting, content) => Promise.resolve(ok({ lapsedOn: lapsedIn(accepting, content)?.on ?? null })),
};

/** The bundle of the order's customer that has ended so, and when. */
function lapsedIn(
  { parties, customerId }: Accepting,
  { bundleInstanceId }: ContentOf<'LAPSE_BUNDLE'>,
): { readonly bundle: LockedBundle; readonly on: string } | undefined {
  const bundle = parties.bundles.get(bundleInstanceId);
  return bundle === undefined || bundle.lapsedOn === null || bundle.holderId !== customerId ? undefined : { bundle, on: bundle.lapsedOn };
}
