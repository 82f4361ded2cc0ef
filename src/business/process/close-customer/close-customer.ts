import type { UseCase } from '../../execute';
import { hasOpenAccounts } from '../../component/account';
import { closeUnusedCustomer, customerToChange, refuseCustomer, type CustomerChange, type CustomerRefusal } from '../../component/customer';
import { hasOpenSubscribers } from '../../component/subscriber';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import { systemScope } from '../../../kernel/scope';

/**
 * Closes a customer 客户销户 that has neither open accounts nor open subscribers, in any role and wherever they are managed.
 * Nothing can be opened for it meanwhile: whoever does holds the customer that is locked here.
 */
export const closeCustomer: UseCase<CustomerChange, { customerId: Id<'customer'> }, CustomerRefusal> = {
  name: 'closeCustomer',
  permission: 'customer:write',
  async run(unit, input) {
    const customer = await customerToChange(unit, input);
    if (!customer.ok) return customer;
    const wide = { ...unit, scope: systemScope };
    const { id } = customer.value;
    if ((await hasOpenAccounts(wide, id)) || (await hasOpenSubscribers(wide, id))) return refuseCustomer('STILL_IN_USE', 'customerId');
    await closeUnusedCustomer(unit, customer.value);
    return ok({ customerId: id });
  },
};
