import type { Unit } from '../../context';
import { deleteNetworkUntold, insertNetworkUntold } from '../../../data/operation/subscriber/network-untold';
import type { LockedSubscriber } from '../../../data/operation/subscriber/write-subscriber';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { serviceTypeOf } from '../service';

/**
 * Has the network told, by an order of the system's (`SYNCHRONISE`), of what is changed by no order: at once, or when it begins to hold.
 * Nothing for a line without an adapter.
 */
export async function tellNetwork(unit: Unit, { id, service_type: line }: LockedSubscriber, from: Instant | null = null): Promise<void> {
  const { provisioningAdapter } = await serviceTypeOf(unit, line);
  if (provisioningAdapter !== null) await insertNetworkUntold(unit.transaction, id, from ?? unit.now);
}

/** Forgets what the network is to be told of a subscriber, by now or ever: an order tells it. */
export function forgetUntold({ transaction, now }: Unit, subscriberId: Id<'subscriber'>, until: 'NOW' | 'EVER'): Promise<void> {
  return deleteNetworkUntold(transaction, subscriberId, until === 'NOW' ? now : null);
}
