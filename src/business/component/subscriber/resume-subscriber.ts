import type { UseCase } from '../../execute';
import { ok } from '../../../kernel/result';
import { changeStanding, type StandingChanged } from './change-standing';
import type { SubscriberRefusal } from './model/refusals';
import { resumed } from './model/stopping';
import type { StopReason } from './model/stop-reasons';
import { subscriberToChange, type SubscriberChange } from './subscriber-to-change';

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
    const { status, stop_reasons: stopReasons } = subscriber.value;
    const next = resumed({ status, stopReasons }, input.reason);
    return next.ok ? ok(await changeStanding(unit, subscriber.value, next.value)) : next;
  },
};
