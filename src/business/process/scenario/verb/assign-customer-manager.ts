import { assignCustomerManager, CUSTOMER_REFUSALS } from '../../../component/customer';
import { orNone } from '../written/fields';
import { handle } from '../written/handle';
import { time } from '../written/written-time';
import { defineVerb } from '../verb';

/** Gives a customer to a customer manager 客户经理, or to none. */
export const assignCustomerManagerVerb = defineVerb({
  name: 'assignCustomerManager',
  refusals: CUSTOMER_REFUSALS,
  input: { customer: handle('customer'), manager: orNone(handle('staff')), from: time.optional() },
  async run(stage, { customer, manager, from }) {
    const expectedVersion = await stage.versionOf('customer', customer);
    const staffId = manager === null ? null : stage.idOf(manager);
    return stage.execute(assignCustomerManager, {
      customerId: stage.idOf(customer),
      expectedVersion,
      staffId,
      from: stage.instantOf(from),
    });
  },
});
