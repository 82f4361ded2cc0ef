import { changeCustomer, CUSTOMER_GRADES, CUSTOMER_KINDS, CUSTOMER_REFUSALS } from '../../../component/customer';
import { attributes, orNone, text, word } from '../written/fields';
import { handle } from '../written/handle';
import { defineVerb } from '../verb';

/** Changes what a customer is 客户资料变更. */
export const changeCustomerVerb = defineVerb({
  name: 'changeCustomer',
  refusals: CUSTOMER_REFUSALS,
  input: {
    customer: handle('customer'),
    name: text.optional(),
    nameEn: orNone(text).optional(),
    kind: word(CUSTOMER_KINDS).optional(),
    grade: word(CUSTOMER_GRADES).optional(),
    organisation: handle('organisation').optional(),
    attributes: attributes.optional(),
  },
  async run(stage, { customer, organisation, ...changes }) {
    const expectedVersion = await stage.versionOf('customer', customer);
    const organisationId = organisation && stage.idOf(organisation);
    return stage.execute(changeCustomer, { customerId: stage.idOf(customer), expectedVersion, organisationId, ...changes });
  },
});
