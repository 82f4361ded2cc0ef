import type { Unit } from '../../context';
import type { LockedCustomer } from '../../../data/operation/customer/write-customer';
import { recordChange } from './record-change';

/** Closes a locked customer, as part of a process that has made sure that nothing of it is in use. What it was stays readable. */
export function closeUnusedCustomer(unit: Unit, customer: LockedCustomer): Promise<void> {
  return recordChange(unit, customer, {
    columns: { status: 'CLOSED' },
    before: { status: customer.status },
    after: { status: 'CLOSED' },
    event: 'CustomerStateChangeEvent',
    payload: { status: 'CLOSED' },
  });
}
