import type { Unit } from '../../context';
import { selectHeldPermissions, type GrantedPlace } from '../../../data/operation/staff/staff-grant';
import type { Id } from '../../../kernel/id';
import type { Permission } from '../../../kernel/scope';
import { selectAncestorIds } from '../organisation';
import { exceeding } from './model/coverage';
import { isPermission } from './model/permission';
import type { StaffCheck } from './model/checks';
import { refuseStaff } from './model/refusals';

/*
 * Nobody gives what he does not have. Whatever hands permissions on is checked here: a grant, a change of a role that is
 * granted, a partner's client, and also whatever lets the caller become somebody else (a password that he sets, an
 * outside identity that he links).
 */

/** Refuses when the caller does not hold each of the permissions at each of the places himself. */
export async function checkHandedOn(
  unit: Unit,
  permissions: readonly string[],
  places: readonly GrantedPlace[],
  field: string,
): Promise<StaffCheck> {
  if (unit.scope.system || permissions.length === 0 || places.length === 0) return undefined;
  const ancestors = await selectAncestorIds(unit, [...new Set(places.map((place) => place.organisationId))]);
  const known = permissions.filter(isPermission);
  const beyond = exceeding(
    unit.scope,
    known,
    places.map(({ organisationId, linesOfBusiness: lines }) => ({ ancestors: ancestors.get(organisationId) ?? new Set<string>(), lines })),
  );
  return beyond.length === 0 ? undefined : refuseStaff('EXCEEDS_YOUR_RIGHTS', field, { permissions: beyond.join(', ') });
}

/** Refuses when a member of staff may do anything that the caller may not: then the caller must not be able to pass for him. */
export async function checkMayPassFor(unit: Unit, staffId: Id<'staff'>, field: string): Promise<StaffCheck> {
  if (unit.scope.system) return undefined;
  for (const { permissions, ...place } of await selectHeldPermissions(unit.transaction, staffId)) {
    const refused = await checkHandedOn(unit, permissions, [place], field);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

/** Refuses when the caller does not hold the permissions anywhere: for what is granted to nobody yet. */
export function checkHeldSomewhere(unit: Unit, permissions: readonly string[], field: string): StaffCheck {
  const beyond = permissions.filter((permission) => !unit.scope.permits(permission as Permission));
  return beyond.length === 0 ? undefined : refuseStaff('EXCEEDS_YOUR_RIGHTS', field, { permissions: beyond.join(', ') });
}
