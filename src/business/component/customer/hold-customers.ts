import type { Unit } from '../../context';
import { lockCustomers, type LockedCustomer } from '../../../data/operation/customer/write-customer';
import type { Id } from '../../../kernel/id';
import type { Permission } from '../../../kernel/scope';

/**
 * Holds customers as they are, those in scope: they can be neither closed, merged nor renamed before the unit ends, and others may hold
 * them at the same time. What they are held with lasts as long as the unit, as the caller's grants do: none is asked for twice.
 */
export async function holdCustomers(unit: Unit, ids: readonly Id<'customer'>[], permission: Permission): Promise<LockedCustomer[]> {
  const held = await heldFor(unit, unit.scope.system ? 'the system' : permission);
  const unheld = ids.filter((id) => !held.has(id));
  if (unheld.length > 0) {
    const byAnybody = await heldCustomers(unit);
    for (const row of await lockCustomers(unit, unheld, permission, 'hold')) {
      held.set(row.id, row);
      byAnybody.set(row.id, row);
    }
  }
  return ids.flatMap((id) => held.get(id) ?? []);
}

/** The customers that a unit holds, whoever may see them. */
export function heldCustomers(unit: Unit): Promise<Map<Id<'customer'>, LockedCustomer>> {
  return heldFor(unit, 'anybody');
}

function heldFor(unit: Unit, whose: string): Promise<Map<Id<'customer'>, LockedCustomer>> {
  return unit.once(`customers held for ${whose}`, () => Promise.resolve(new Map<Id<'customer'>, LockedCustomer>()));
}
