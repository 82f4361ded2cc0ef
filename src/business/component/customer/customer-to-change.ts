import type { Unit } from '../../context';
import { lockCustomers, type LockedCustomer } from '../../../data/operation/customer/write-customer';
import type { Id } from '../../../kernel/id';
import { ok, type Result } from '../../../kernel/result';
import { refuseCustomer, type CustomerRefusal } from './model/refusals';

/** What every change of an existing customer names: which, and what version of it the caller saw. */
export interface CustomerChange {
  readonly customerId: Id<'customer'>;
  readonly expectedVersion: number;
}

/** Locks a customer in scope for a change; it must be active and of the version that the caller saw. */
export async function customerToChange(
  unit: Unit,
  { customerId, expectedVersion }: CustomerChange,
): Promise<Result<LockedCustomer, CustomerRefusal>> {
  const [customer] = await lockCustomers(unit, [customerId], 'customer:write');
  return changeable(customer, expectedVersion);
}

/** Whether a customer that was locked for it may be changed. */
export function changeable(
  customer: LockedCustomer | undefined,
  expectedVersion: number,
  { idField = 'customerId', versionField = 'expectedVersion' } = {},
): Result<LockedCustomer, CustomerRefusal> {
  if (customer === undefined) return refuseCustomer('NOT_FOUND', idField);
  if (customer.version !== expectedVersion) return refuseCustomer('STALE_VERSION', versionField, { version: customer.version });
  return customer.status === 'ACTIVE' ? ok(customer) : refuseCustomer('NOT_ACTIVE', idField);
}
