import type { Unit } from '../../context';
import { lockSubscribers, type LockedSubscriber } from '../../../data/operation/subscriber/write-subscriber';
import type { Instant } from '../../../kernel/clock';
import { instantFromDatabase } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { isBefore, periodOf, type Period } from '../../../kernel/period';
import { ok, type Result } from '../../../kernel/result';
import { refuseSubscriber, type SubscriberRefusal } from './model/refusals';
import { isFinal } from './model/status';

/** What every change of an existing subscriber names: which, and what version of it the caller saw. */
export interface SubscriberChange {
  readonly subscriberId: Id<'subscriber'>;
  readonly expectedVersion: number;
}

/** Locks a subscriber in scope for a change; it must not be closed, and be of the version that the caller saw. */
export async function subscriberToChange(
  unit: Unit,
  { subscriberId, expectedVersion }: SubscriberChange,
): Promise<Result<LockedSubscriber, SubscriberRefusal>> {
  const [subscriber] = await lockSubscribers(unit, [subscriberId], 'subscriber:write');
  if (subscriber === undefined) return refuseSubscriber('NOT_FOUND', 'subscriberId');
  if (subscriber.version !== expectedVersion) return refuseSubscriber('STALE_VERSION', 'expectedVersion', { version: subscriber.version });
  return isFinal(subscriber.status) ? refuseSubscriber('NOT_ACTIVE', 'subscriberId') : ok(subscriber);
}

/** The period of a fact of a subscriber, from now when no beginning is given; it cannot begin before the subscriber did. */
export function periodOfFact(
  subscriber: LockedSubscriber,
  { from, to = null }: { readonly from?: Instant | null | undefined; readonly to?: Instant | null | undefined },
  now: Instant,
): Result<Period, SubscriberRefusal> {
  const period = periodOf(from, to, now);
  if (period === undefined) return refuseSubscriber('INVALID_PERIOD', to == null ? 'from' : 'to');
  const early = from != null && isBefore(period.from, instantFromDatabase(subscriber.opened_at));
  return early ? refuseSubscriber('BEFORE_OPENING', 'from') : ok(period);
}
