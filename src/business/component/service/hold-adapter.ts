import type { Unit } from '../../context';
import { lockAdapter } from '../../../data/operation/service/write-provisioning-adapter';
import type { ServiceCheck } from './model/checks';
import { refuseService } from './model/refusals';

/** Holds the adapter that a service type is to name, so that it is not retired before the unit ends; says no when it is not in use. */
export async function holdAdapter(unit: Unit, code: string | null | undefined): Promise<ServiceCheck> {
  if (code == null) return undefined;
  const adapter = await lockAdapter(unit.transaction, code, 'name');
  if (adapter === undefined) return refuseService('ADAPTER_NOT_FOUND', 'provisioningAdapter');
  return adapter.status === 'ACTIVE' ? undefined : refuseService('ADAPTER_RETIRED', 'provisioningAdapter');
}
