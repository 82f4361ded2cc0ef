import type { ItemRequest, OrderItem } from '../../component/order';
import type { Id } from '../../../kernel/id';
import { kindOf } from './kinds';
import type { Accepting } from './order-kind';

/** The items of an order, as they begin. */
export function newItems(accepting: Accepting, orderId: Id<'order'>, requests: readonly ItemRequest[]): OrderItem[] {
  const { parties } = accepting;
  return requests.map((request, place) => {
    const kind = kindOf(request);
    const { subscriber, opens } = kind.touches(request.content);
    const subscriberId = subscriber?.id ?? opens?.id ?? null;
    return {
      orderId,
      itemNo: place + 1,
      kind: request.kind,
      action: kind.action,
      state: 'acknowledged',
      subscriberId,
      serviceType: opens?.serviceType ?? (subscriberId === null ? null : (parties.subscribers.get(subscriberId)?.service_type ?? null)),
      content: kind.accepted?.(accepting, request.content) ?? request.content,
      result: null,
      effectiveAt: null,
    };
  });
}
