import type { Unit } from '../../context';
import type { Id } from '../../../kernel/id';
import { selectOrganisationsById } from '../organisation';
import type { ServiceCheck } from './model/checks';
import { refuseService } from './model/refusals';

/** Checks that charges may be collected on behalf of this organisation 代收: an active partner in the caller's scope. */
export async function checkPartner(unit: Unit, organisationId: Id<'organisation'> | null): Promise<ServiceCheck> {
  if (organisationId === null) return undefined;
  const [partner] = await selectOrganisationsById(unit, [organisationId]);
  const fits = partner?.kind === 'PARTNER' && partner.status === 'ACTIVE';
  return fits ? undefined : refuseService('PARTNER_NOT_FOUND', 'terms.collectedFor');
}
