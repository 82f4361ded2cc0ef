import type { Unit } from '../../context';
import { holdStaff } from '../../../data/operation/staff/write-staff';
import type { Id } from '../../../kernel/id';
import type { Permission } from '../../../kernel/scope';

/**
 * Whether somebody may be entrusted with something: he exists, is active and lies within the caller's grants of the
 * permission. He can then not be disabled before the unit ends.
 */
export async function holdActiveStaff(unit: Unit, staffId: Id<'staff'>, permission: Permission): Promise<boolean> {
  return (await holdStaff(unit, staffId, permission))?.status === 'ACTIVE';
}
