import { lockAndChangeIdentifier, refuseSubscriber, type ChangeIdentifierInput, type SubscriberRefusal } from '../../component/subscriber';
import type { UseCase } from '../../execute';
import type { Id } from '../../../kernel/id';
import { orderInTheWay } from './order-in-the-way';

/** Gives a subscriber another number, login or card 改号、换卡 without an order, where none is under way for it. */
export const changeIdentifier: UseCase<ChangeIdentifierInput, { subscriberId: Id<'subscriber'> }, SubscriberRefusal> = {
  name: 'changeIdentifier',
  permission: 'subscriber:write',
  constraints: { subscriber_identifier_taken: () => refuseSubscriber('NUMBER_TAKEN', 'value') },
  async run(unit, input) {
    const changed = await lockAndChangeIdentifier(unit, input);
    // Asked once the subscriber is locked; what is refused is rolled back.
    return changed.ok ? ((await orderInTheWay(unit, input.subscriberId)) ?? changed) : changed;
  },
};
