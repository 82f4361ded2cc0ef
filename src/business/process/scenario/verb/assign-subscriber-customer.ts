import { CUSTOMER_ROLES, SUBSCRIBER_REFUSALS } from '../../../component/subscriber';
import { assignSubscriberCustomer } from '../../beside-orders';
import { word } from '../written/fields';
import { handle } from '../written/handle';
import { time } from '../written/written-time';
import { defineVerb } from '../verb';

/** Gives a subscriber another owner 过户, user or payer. */
export const assignSubscriberCustomerVerb = defineVerb({
  name: 'assignSubscriberCustomer',
  refusals: SUBSCRIBER_REFUSALS,
  input: { subscriber: handle('subscriber'), role: word(CUSTOMER_ROLES), customer: handle('customer'), from: time.optional() },
  async run(stage, { subscriber, role, customer, from }) {
    const expectedVersion = await stage.versionOf('subscriber', subscriber);
    const ids = { subscriberId: stage.idOf(subscriber), customerId: stage.idOf(customer) };
    return stage.execute(assignSubscriberCustomer, { ...ids, expectedVersion, role, from: stage.instantOf(from) });
  },
});
