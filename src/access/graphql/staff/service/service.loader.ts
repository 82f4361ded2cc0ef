import type DataLoader from 'dataloader';
import { findProvisioningAdapters, type ProvisioningAdapter } from '../../../../business/component/service';
import type { GraphContext } from '../../server/context';
import { loaderOf } from '../../server/loader';

/** Provisioning adapters by code. */
export function adapterLoader(context: GraphContext): DataLoader<string, ProvisioningAdapter | undefined> {
  const read = (codes: readonly string[]): Promise<ProvisioningAdapter[]> => findProvisioningAdapters(context, codes);
  return loaderOf(context, 'provisioningAdapter', read, (adapter) => adapter.code);
}
