import type { Unit } from '../../context';
import { lockCustomers } from '../../../data/operation/customer/write-customer';
import type { Id } from '../../../kernel/id';
import { systemScope } from '../../../kernel/scope';
import type { NamedCustomer } from './named-customer';

/**
 * What customers are called, for components that must keep a person's name out of what they show. It is asked whatever the
 * caller may see, since the name is not answered; no customer is renamed before the unit ends.
 */
export async function holdNames(unit: Unit, ids: readonly Id<'customer'>[]): Promise<ReadonlyMap<Id<'customer'>, NamedCustomer>> {
  const held = await lockCustomers({ ...unit, scope: systemScope }, [...new Set(ids)], 'customer:read', 'hold');
  return new Map(held.map(({ id, kind, name, name_en: nameEn }) => [id, { kind, name, nameEn }]));
}
