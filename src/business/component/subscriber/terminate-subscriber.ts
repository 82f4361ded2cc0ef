import type { Unit } from '../../context';
import type { UseCase } from '../../execute';
import type { LockedSubscriber } from '../../../data/operation/subscriber/write-subscriber';
import { endReachAndPayment, writeStatus } from '../../../data/operation/subscriber/write-subscriber-facts';
import { instantFromDatabase } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { laterOf } from '../../../kernel/period';
import { ok, type Result } from '../../../kernel/result';
import { freezeNumbersOf, lockNumbersOfSubscriber } from '../number';
import { refuseSubscriber, type SubscriberRefusal } from './model/refusals';
import { mayBecome } from './model/status';
import { stopReasonsOf } from './model/stop-reasons';
import { recordChange } from './record-change';
import { subscriberToChange, type SubscriberChange } from './subscriber-to-change';

/**
 * Closes a subscriber 销户, now: its number can be given to another (one of the stock, when it has rested 冷冻), and no account pays for
 * it any longer. Who owned it, and for what it was stopped at its end, stays known.
 */
export const terminateSubscriber: UseCase<SubscriberChange, { subscriberId: Id<'subscriber'> }, SubscriberRefusal> = {
  name: 'terminateSubscriber',
  permission: 'subscriber:write',
  async run(unit, input) {
    await lockNumbersOfSubscriber(unit, input.subscriberId);
    const subscriber = await subscriberToChange(unit, input);
    return subscriber.ok ? terminateIn(unit, subscriber.value) : subscriber;
  },
};

/** Closes a locked subscriber, as part of a unit that does more; its numbers were locked before it. */
export async function terminateIn(
  unit: Unit,
  subscriber: LockedSubscriber,
): Promise<Result<{ subscriberId: Id<'subscriber'> }, SubscriberRefusal>> {
  const { id, status, stop_reasons: stopReasons, opened_at: openedAt } = subscriber;
  if (!mayBecome(status, 'terminated')) return refuseSubscriber('STATUS_REFUSES', 'subscriberId', { status });
  // Another machine's clock may be a little ahead of ours, and have opened the subscriber by it.
  const closedAt = laterOf(unit.now, instantFromDatabase(openedAt));
  await writeStatus(unit.transaction, id, { status: 'terminated', stopReasons }, closedAt, unit.now);
  await endReachAndPayment(unit.transaction, id, closedAt, unit.now);
  await freezeNumbersOf(unit, id);
  await recordChange(unit, subscriber, {
    columns: { status: 'terminated', closedAt },
    before: { status, stopReasons: stopReasonsOf(stopReasons) },
    after: { status: 'terminated', closedAt: closedAt.toString() },
    event: 'SubscriberStateChangeEvent',
    payload: { status: 'terminated' },
  });
  return ok({ subscriberId: id });
}
