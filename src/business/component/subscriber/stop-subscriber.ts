import type { UseCase } from '../../execute';
import { ok } from '../../../kernel/result';
import { changeStanding, type StandingChanged } from './change-standing';
import type { SubscriberRefusal } from './model/refusals';
import { stopped } from './model/stopping';
import type { StopReason } from './model/stop-reasons';
import { subscriberToChange, type SubscriberChange } from './subscriber-to-change';

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
    const { status, stop_reasons: stopReasons } = subscriber.value;
    const next = stopped({ status, stopReasons }, input.reason);
    return next.ok ? ok(await changeStanding(unit, subscriber.value, next.value)) : next;
  },
};
