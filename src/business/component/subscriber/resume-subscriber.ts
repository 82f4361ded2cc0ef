import type { Unit } from '../../context';
import type { UseCase } from '../../execute';
import type { LockedSubscriber } from '../../../data/operation/subscriber/write-subscriber';
import { ok, type Result } from '../../../kernel/result';
import { changeStanding, type StandingChanged } from './change-standing';
import type { SubscriberRefusal } from './model/refusals';
import { resumed } from './model/stopping';
import type { StopReason } from './model/stop-reasons';
import { subscriberToChange, type SubscriberChange } from './subscriber-to-change';
import { tellNetwork } from './tell-network';

export interface ResumeSubscriberInput extends SubscriberChange {
  readonly reason: StopReason;
}

/** Takes one stop reason away 复机, from now on; the service resumes only when none is left. */
export const resumeSubscriber: UseCase<ResumeSubscriberInput, StandingChanged, SubscriberRefusal> = {
  name: 'resumeSubscriber',
  permission: 'subscriber:write',
  async run(unit, input) {
    const subscriber = await subscriberToChange(unit, input);
    if (!subscriber.ok) return subscriber;
    const done = await resumeIn(unit, subscriber.value, input.reason);
    if (done.ok) await tellNetwork(unit, subscriber.value);
    return done;
  },
};

/** Takes a stop reason of a locked subscriber away, as part of a unit that does more. */
export async function resumeIn(
  unit: Unit,
  subscriber: LockedSubscriber,
  reason: StopReason,
): Promise<Result<StandingChanged, SubscriberRefusal>> {
  const { status, stop_reasons: stopReasons } = subscriber;
  const next = resumed({ status, stopReasons }, reason);
  return next.ok ? ok(await changeStanding(unit, subscriber, next.value)) : next;
}
