import type { Unit } from '../../context';
import type { UseCase } from '../../execute';
import type { LockedSubscriber } from '../../../data/operation/subscriber/write-subscriber';
import { ok, type Result } from '../../../kernel/result';
import { changeStanding, type StandingChanged } from './change-standing';
import type { SubscriberRefusal } from './model/refusals';
import { stopped } from './model/stopping';
import type { StopReason } from './model/stop-reasons';
import { subscriberToChange, type SubscriberChange } from './subscriber-to-change';
import { tellNetwork } from './tell-network';

export interface StopSubscriberInput extends SubscriberChange {
  readonly reason: StopReason;
}

/** Stops a subscriber 停机 for a reason, from now on. */
export const stopSubscriber: UseCase<StopSubscriberInput, StandingChanged, SubscriberRefusal> = {
  name: 'stopSubscriber',
  permission: 'subscriber:write',
  async run(unit, input) {
    const subscriber = await subscriberToChange(unit, input);
    if (!subscriber.ok) return subscriber;
    const done = await stopIn(unit, subscriber.value, input.reason);
    if (done.ok) await tellNetwork(unit, subscriber.value);
    return done;
  },
};

/** Stops a locked subscriber, as part of a unit that does more. */
export async function stopIn(
  unit: Unit,
  subscriber: LockedSubscriber,
  reason: StopReason,
): Promise<Result<StandingChanged, SubscriberRefusal>> {
  const { status, stop_reasons: stopReasons } = subscriber;
  const next = stopped({ status, stopReasons }, reason);
  return next.ok ? ok(await changeStanding(unit, subscriber, next.value)) : next;
}
