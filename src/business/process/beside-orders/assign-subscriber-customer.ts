import { lockAndAssignCustomer, type AssignSubscriberCustomerInput, type SubscriberRefusal } from '../../component/subscriber';
import type { UseCase } from '../../execute';
import type { Id } from '../../../kernel/id';
import { orderInTheWay } from './order-in-the-way';

/** Gives a subscriber another owner, user or payer without an order, where none is under way for it. */
export const assignSubscriberCustomer: UseCase<AssignSubscriberCustomerInput, { subscriberId: Id<'subscriber'> }, SubscriberRefusal> = {
  name: 'assignSubscriberCustomer',
  permission: 'subscriber:write',
  async run(unit, input) {
    const assigned = await lockAndAssignCustomer(unit, input);
    // Asked once the subscriber is locked; what is refused is rolled back.
    return assigned.ok ? ((await orderInTheWay(unit, input.subscriberId)) ?? assigned) : assigned;
  },
};
