import type { Unit } from '../../context';
import { lockAccounts, type AccountLock, type LockedAccount } from '../../../data/operation/account/write-account';
import type { Id } from '../../../kernel/id';
import type { Permission } from '../../../kernel/scope';

/** Accounts that a unit has locked, by id, as they were then. What they are locked with lasts as long as the unit, as the caller's grants do. */
export function heldAccounts(unit: Unit, permission: Permission): Promise<Map<Id<'account'>, LockedAccount>> {
  const whose = unit.scope.system ? 'the system' : permission;
  return unit.once(`accounts held for ${whose}`, () => Promise.resolve(new Map<Id<'account'>, LockedAccount>()));
}

/** Locks accounts, those in scope, for what the unit is about; whoever ties things to them in this unit need not hold them again. */
export async function holdAccounts(
  unit: Unit,
  ids: readonly Id<'account'>[],
  permission: Permission,
  lock: AccountLock,
): Promise<LockedAccount[]> {
  const held = await heldAccounts(unit, permission);
  const rows = await lockAccounts(unit, ids, permission, lock);
  for (const row of rows) held.set(row.id, row);
  return rows;
}
