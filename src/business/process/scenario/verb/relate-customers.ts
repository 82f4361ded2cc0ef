import { CUSTOMER_REFUSALS, relateCustomers, RELATION_KINDS } from '../../../component/customer';
import { word } from '../written/fields';
import { handle } from '../written/handle';
import { time } from '../written/written-time';
import { defineVerb } from '../verb';

/** Gives a customer another as its parent, family member, employer, agent or guarantor 客户关系, for a time. */
export const relateCustomersVerb = defineVerb({
  name: 'relateCustomers',
  refusals: CUSTOMER_REFUSALS,
  input: {
    customer: handle('customer'),
    related: handle('customer'),
    kind: word(RELATION_KINDS),
    from: time.optional(),
    to: time.optional(),
  },
  async run(stage, { customer, related, kind, from, to }) {
    const expectedVersion = await stage.versionOf('customer', customer);
    const valid = { validFrom: stage.instantOf(from), validTo: stage.instantOf(to) };
    const ids = { customerId: stage.idOf(customer), relatedCustomerId: stage.idOf(related) };
    return stage.execute(relateCustomers, { ...ids, expectedVersion, kind, ...valid });
  },
});
