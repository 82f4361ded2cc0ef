import { endDiscountsOfBundle } from '../../component/discount';
import { operatorParameters } from '../../component/organisation';
import { endLapsedBundle, lockBundles, type BundleToSettle } from '../../component/product';
import type { UseCase } from '../../execute';
import { ok } from '../../../kernel/result';
import type { AcceptanceRefusal } from './refusals';

/** Ends a bundle whose grace 宽限期 is over. The clock runs it, as the system; one that has found its member at this moment goes on. */
export const endBundleInGrace: UseCase<Pick<BundleToSettle, 'bundleInstanceId'>, { readonly ended: boolean }, AcceptanceRefusal> = {
  name: 'endBundleInGrace',
  permission: 'order:write',
  async run(unit, { bundleInstanceId }) {
    const [bundle] = await lockBundles(unit, { ids: [bundleInstanceId], ofSubscribers: [] });
    if (bundle === undefined) return ok({ ended: false });
    const ended = await endLapsedBundle(unit, bundle, (await operatorParameters(unit)).timeZone);
    if (ended) await endDiscountsOfBundle(unit, bundle);
    return ok({ ended });
  },
};
