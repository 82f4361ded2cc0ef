import type { Unit } from '../../context';
import type { LockedSubscriber } from '../../../data/operation/subscriber/write-subscriber';
import { endReachAndPayment, writeStatus } from '../../../data/operation/subscriber/write-subscriber-facts';
import { instantFromDatabase } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { laterOf } from '../../../kernel/period';
import { ok, type Result } from '../../../kernel/result';
import { freeNumbersOf, freezeNumbersOf } from '../number';
import { refuseSubscriber, type SubscriberRefusal } from './model/refusals';
import { endOf } from './model/status';
import { stopReasonsOf } from './model/stop-reasons';
import { recordChange } from './record-change';
import { forgetUntold } from './tell-network';

/**
 * Closes a locked subscriber, as part of a process that ends what it holds; its numbers were locked before it. They rest, but for those of
 * a subscriber that was never in service: nobody has called them, so they are free at once.
 */
export async function terminateIn(
  unit: Unit,
  subscriber: LockedSubscriber,
): Promise<Result<{ subscriberId: Id<'subscriber'> }, SubscriberRefusal>> {
  const { id, status, stop_reasons: stopReasons, opened_at: openedAt } = subscriber;
  const end = endOf(status);
  if (end === undefined) return refuseSubscriber('STATUS_REFUSES', 'subscriberId', { status });
  // Another machine's clock may be a little ahead of ours, and have opened the subscriber by it.
  const closedAt = laterOf(unit.now, instantFromDatabase(openedAt));
  await writeStatus(unit.transaction, id, { status: end, stopReasons }, closedAt, unit.now);
  await endReachAndPayment(unit.transaction, id, closedAt, unit.now);
  await forgetUntold(unit, id, 'EVER');
  await (end === 'cancelled' ? freeNumbersOf(unit, id) : freezeNumbersOf(unit, id));
  await recordChange(unit, subscriber, {
    columns: { status: end, closedAt },
    before: { status, stopReasons: stopReasonsOf(stopReasons) },
    after: { status: end, closedAt: closedAt.toString() },
    event: 'SubscriberStateChangeEvent',
    payload: { status: end },
  });
  return ok({ subscriberId: id });
}
