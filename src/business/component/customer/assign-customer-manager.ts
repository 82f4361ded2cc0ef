import type { UseCase } from '../../execute';
import { writeManager } from '../../../data/operation/customer/write-customer-facts';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { periodOf } from '../../../kernel/period';
import { ok } from '../../../kernel/result';
import { selectStaffById } from '../staff';
import { customerToChange, type CustomerChange } from './customer-to-change';
import { refuseCustomer, type CustomerRefusal } from './model/refusals';
import { recordChange } from './record-change';

export interface AssignCustomerManagerInput extends CustomerChange {
  /** A member of staff whom the caller may see; null: nobody looks after the customer from then on. */
  readonly staffId: Id<'staff'> | null;
  /** Now, when not given. */
  readonly from?: Instant | null;
}

/** Gives a customer to a customer manager 客户经理, from an instant on. */
export const assignCustomerManager: UseCase<AssignCustomerManagerInput, { customerId: Id<'customer'> }, CustomerRefusal> = {
  name: 'assignCustomerManager',
  permission: 'customer:write',
  async run(unit, input) {
    const { staffId } = input;
    const valid = periodOf(input.from, null, unit.now);
    if (valid === undefined) return refuseCustomer('INVALID_PERIOD', 'from');
    if (staffId !== null) {
      const [staff] = await selectStaffById(unit, [staffId]);
      if (staff?.status !== 'ACTIVE') return refuseCustomer('MANAGER_NOT_FOUND', 'staffId');
    }
    const customer = await customerToChange(unit, input);
    if (!customer.ok) return customer;
    const { before } = await writeManager(unit.transaction, customer.value.id, staffId, valid, unit.now);
    const from = valid.from.toString();
    await recordChange(unit, customer.value, {
      before: { managerIds: before },
      after: { managerId: staffId, from },
      event: 'CustomerAttributeValueChangeEvent',
      payload: { changed: ['manager'], managerId: staffId, from },
    });
    return ok({ customerId: customer.value.id });
  },
};
