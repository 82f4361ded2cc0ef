import { CUSTOMER_REFUSALS } from '../../../component/customer';
import { closeCustomer } from '../../close-customer';
import { handle } from '../written/handle';
import { defineVerb } from '../verb';

/** Closes a customer 客户销户 that has nothing open any more. */
export const closeCustomerVerb = defineVerb({
  name: 'closeCustomer',
  refusals: CUSTOMER_REFUSALS,
  input: { customer: handle('customer') },
  async run(stage, { customer }) {
    const expectedVersion = await stage.versionOf('customer', customer);
    return stage.execute(closeCustomer, { customerId: stage.idOf(customer), expectedVersion });
  },
});
