import { refuseOrder } from '../../component/order';
import { selectServiceTypes } from '../../component/service';
import { ok, refusedBy } from '../../../kernel/result';
import { selectSubscribersInFulfilment } from '../fulfilment';
import { modified } from './network-change';
import type { OrderKind } from './order-kind';
import { subscriberOf } from './party-of';
import type { AcceptanceRefusal } from './refusals';

/**
 * 同步开通: the network is told again what the service is to be, as it stands. The clock orders it when a plan begins that was ordered
 * ahead, or a product ends by itself (`synchroniseDue`); people do where the network lost what it was told.
 */
export const synchronise: OrderKind<'SYNCHRONISE'> = {
  action: 'NO_CHANGE',
  touches: ({ subscriberId }) => ({ subscriber: { id: subscriberId, field: 'subscriberId' } }),
  // One that waits for its payment or its start tells what holds by then. Only one that the network is told of now is in the way.
  besideOthers: () => true,
  async check({ unit, wide, parties, orderId }, { subscriberId }) {
    const [type] = await selectServiceTypes(wide, [subscriberOf(parties, subscriberId).service_type]);
    const [busy] = await selectSubscribersInFulfilment(unit.transaction, [subscriberId], orderId);
    return refusedBy<AcceptanceRefusal>(
      type?.provisioningAdapter == null && refuseOrder('NOT_ON_NETWORK', 'subscriberId'),
      busy !== undefined && refuseOrder('ORDER_UNDER_WAY', 'subscriberId', { orderNo: busy.orderNo }),
    );
  },
  network: (_accepting, _content, before) => modified(before, {}),
  effect: () => Promise.resolve(ok({})),
};
