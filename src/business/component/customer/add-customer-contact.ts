import type { UseCase } from '../../execute';
import { insertContact } from '../../../data/operation/customer/insert-customers';
import { countFactsInForce } from '../../../data/operation/customer/write-customer-facts';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import { customerToChange, type CustomerChange } from './customer-to-change';
import { CONTACTS_MAX, checkContact } from './model/checks';
import type { ContactInput } from './model/inputs';
import { refuseCustomer, type CustomerRefusal } from './model/refusals';
import { recordChange } from './record-change';

export interface AddCustomerContactInput extends CustomerChange {
  readonly contact: ContactInput;
}

type Output = { customerId: Id<'customer'>; contactId: Id<'fact'> };

/** Registers a way to reach a customer 联系方式, from now on. */
export const addCustomerContact: UseCase<AddCustomerContactInput, Output, CustomerRefusal> = {
  name: 'addCustomerContact',
  permission: 'customer:write',
  async run(unit, input) {
    const refused = checkContact(input.contact, 'contact');
    if (refused !== undefined) return refused;
    const customer = await customerToChange(unit, input);
    if (!customer.ok) return customer;
    if ((await countFactsInForce(unit.transaction, 'contacts', customer.value.id, unit.now)) >= CONTACTS_MAX) {
      return refuseCustomer('TOO_MANY', 'contact', { max: CONTACTS_MAX });
    }
    const contact = { kind: input.contact.kind, value: input.contact.value.trim(), person: input.contact.person ?? null };
    const contactId = await insertContact(unit.transaction, { customerId: customer.value.id, ...contact }, unit.now);
    await recordChange(unit, customer.value, {
      before: null,
      after: { contact: { ...contact, id: contactId } },
      event: 'CustomerAttributeValueChangeEvent',
      payload: { changed: ['contacts'] },
    });
    return ok({ customerId: customer.value.id, contactId });
  },
};
