import type { Unit } from '../../context';
import type { LockedSubscriber } from '../../../data/operation/subscriber/write-subscriber';
import { ok, type Result } from '../../../kernel/result';
import { changeStanding, type StandingChanged } from './change-standing';
import { refuseSubscriber, type SubscriberRefusal } from './model/refusals';

/** Puts a locked subscriber in service 激活 that was opened ahead, from now on. */
export async function activateIn(unit: Unit, subscriber: LockedSubscriber): Promise<Result<StandingChanged, SubscriberRefusal>> {
  const { status, stop_reasons: stopReasons } = subscriber;
  if (status !== 'pendingActive') return refuseSubscriber('STATUS_REFUSES', 'subscriberId', { status });
  return ok(await changeStanding(unit, subscriber, { status: 'active', stopReasons }));
}
