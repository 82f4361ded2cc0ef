import type { UseCase } from '../../execute';
import { orderInTheWay } from '../beside-orders';
import { endDiscountsOf } from '../../component/discount';
import { depositsHeld, lockNumbersOfSubscriber } from '../../component/number';
import { selectStandingProducts } from '../../component/product';
import { selectServiceTypes } from '../../component/service';
import {
  refuseSubscriber,
  subscriberToChange,
  terminateIn,
  type SubscriberChange,
  type SubscriberRefusal,
} from '../../component/subscriber';
import type { Id } from '../../../kernel/id';
import { systemScope } from '../../../kernel/scope';

/**
 * Closes a subscriber that holds nothing 销户, and that no order is under way for, now: its number can be given to another (one of the
 * stock, when it has rested 冷冻), and no account pays for it any longer. Who owned it, and for what it was stopped at its end, stays known.
 * What was sold by orders is ended by one: that tells what it costs; so is what a deposit is held for, which that gives back.
 */
export const terminateSubscriber: UseCase<SubscriberChange, { subscriberId: Id<'subscriber'> }, SubscriberRefusal> = {
  name: 'terminateSubscriber',
  permission: 'subscriber:write',
  async run(unit, input) {
    await lockNumbersOfSubscriber(unit, input.subscriberId);
    const subscriber = await subscriberToChange(unit, input);
    if (!subscriber.ok) return subscriber;
    const [type] = await selectServiceTypes(unit, [subscriber.value.service_type]);
    if (type?.provisioningAdapter != null) return refuseSubscriber('BY_ORDER_ONLY', 'subscriberId');
    const holds = await selectStandingProducts({ ...unit, scope: systemScope }, input.subscriberId, unit.now);
    if (holds.length > 0) return refuseSubscriber('HOLDS_PRODUCTS', 'subscriberId');
    const [held] = await depositsHeld(unit, input.subscriberId);
    if (held !== undefined) return refuseSubscriber('DEPOSIT_HELD', 'subscriberId', { number: held.number });
    const busy = await orderInTheWay(unit, input.subscriberId);
    if (busy !== undefined) return busy;
    const terminated = await terminateIn(unit, subscriber.value);
    if (terminated.ok) await endDiscountsOf(unit, subscriber.value);
    return terminated;
  },
};
