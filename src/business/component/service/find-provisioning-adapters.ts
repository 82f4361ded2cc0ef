import type { ReadContext } from '../../context';
import type { ProvisioningAdapter } from '../../../data/operation/service/provisioning-adapter';
import { selectProvisioningAdapters } from '../../../data/operation/service/select-provisioning-adapters';

/** Provisioning adapters for whoever may see them: business that provisions asks `selectProvisioningAdapters`. */
export async function findProvisioningAdapters(context: ReadContext, codes: readonly string[] | null): Promise<ProvisioningAdapter[]> {
  return context.scope.permits('service:read') ? selectProvisioningAdapters(context, codes) : [];
}
