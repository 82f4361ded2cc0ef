import type { Unit } from '../../context';
import type { Id } from '../../../kernel/id';
import { systemScope } from '../../../kernel/scope';
import { heldCustomers, holdCustomers } from './hold-customers';
import type { NamedCustomer } from './named-customer';

/**
 * What customers are called, for components that must keep a person's name out of what they show. It is asked whatever the
 * caller may see, since the name is not answered; no customer is renamed before the unit ends.
 */
export async function holdNames(unit: Unit, ids: readonly Id<'customer'>[]): Promise<ReadonlyMap<Id<'customer'>, NamedCustomer>> {
  const held = await heldCustomers(unit);
  const unheld = [...new Set(ids)].filter((id) => !held.has(id));
  if (unheld.length > 0) await holdCustomers({ ...unit, scope: systemScope }, unheld, 'customer:read');
  return new Map(
    ids.flatMap((id) => {
      const customer = held.get(id);
      return customer === undefined ? [] : [[id, { kind: customer.kind, name: customer.name, nameEn: customer.name_en }] as const];
    }),
  );
}
