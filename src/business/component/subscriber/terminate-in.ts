import type { Unit } from '../../context';
import type { LockedSubscriber } from '../../../data/operation/subscriber/write-subscriber';
import { endReachAndPayment, writeStatus } from '../../../data/operation/subscriber/write-subscriber-facts';
import { instantFromDatabase } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { laterOf } from '../../../kernel/period';
import { ok, type Result } from '../../../kernel/result';
import { freezeNumbersOf } from '../number';
import { refuseSubscriber, type SubscriberRefusal } from './model/refusals';
import { mayBecome } from './model/status';
import { stopReasonsOf } from './model/stop-reasons';
import { recordChange } from './record-change';

/** Closes a locked subscriber, as part of a process that ends what it holds; its numbers were locked before it. */
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
