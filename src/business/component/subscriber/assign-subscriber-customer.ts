import type { UseCase } from '../../execute';
import type { CustomerRole } from '../../../data/operation/subscriber/subscriber-facts';
import { writeRole } from '../../../data/operation/subscriber/write-subscriber-facts';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import { holdActiveCustomers } from '../customer';
import { refuseSubscriber, type SubscriberRefusal } from './model/refusals';
import { recordChange } from './record-change';
import { periodOfFact, subscriberToChange, type SubscriberChange } from './subscriber-to-change';

export interface AssignSubscriberCustomerInput extends SubscriberChange {
  readonly role: CustomerRole;
  readonly customerId: Id<'customer'>;
  /** Now, when not given. */
  readonly from?: Instant | null;
}

/**
 * Gives the role of owner, user or payer to a customer in scope, from an instant on. For the owner this is the fact alone:
 * what a transfer of ownership 过户 asks of both customers is an order's to check.
 */
export const assignSubscriberCustomer: UseCase<AssignSubscriberCustomerInput, { subscriberId: Id<'subscriber'> }, SubscriberRefusal> = {
  name: 'assignSubscriberCustomer',
  permission: 'subscriber:write',
  async run(unit, input) {
    const { role, customerId } = input;
    const refused = await holdActiveCustomers(unit, [{ id: customerId, field: 'customerId' }], 'customer:read', refuseSubscriber);
    if (refused !== undefined) return refused;
    const subscriber = await subscriberToChange(unit, input);
    if (!subscriber.ok) return subscriber;
    const valid = periodOfFact(subscriber.value, input, unit.now);
    if (!valid.ok) return valid;
    const { before } = await writeRole(unit.transaction, subscriber.value.id, role, customerId, { valid: valid.value, now: unit.now });
    const from = valid.value.from.toString();
    await recordChange(unit, subscriber.value, {
      before: { role, customerIds: before },
      after: { role, customerId, from },
      event: 'SubscriberAttributeValueChangeEvent',
      payload: { changed: ['customers'], role, customerId, from },
    });
    return ok({ subscriberId: subscriber.value.id });
  },
};
