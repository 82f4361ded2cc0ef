import type { SubscriberStatus } from '../../../../data/operation/subscriber/subscriber';
import { ok, type Result } from '../../../../kernel/result';
import { refuseSubscriber, type SubscriberRefusal } from './refusals';
import { mayBecome } from './status';
import { isStoppedFor, withReason, withoutReason, type StopReason } from './stop-reasons';

/** Whether a subscriber is in service, and why not. */
export interface Standing {
  readonly status: SubscriberStatus;
  readonly stopReasons: number;
}

/** Stopping 停机 for one more reason: suspends an active subscriber, and adds the reason to a suspended one. */
export function stopped({ status, stopReasons }: Standing, reason: StopReason): Result<Standing, SubscriberRefusal> {
  if (status !== 'suspended' && !mayBecome(status, 'suspended')) return refuseSubscriber('STATUS_REFUSES', 'subscriberId', { status });
  if (isStoppedFor(stopReasons, reason)) return refuseSubscriber('ALREADY_STOPPED', 'reason');
  return ok({ status: 'suspended', stopReasons: withReason(stopReasons, reason) });
}

/** Resuming 复机 from one reason: back in service only when no other is left. */
export function resumed({ status, stopReasons }: Standing, reason: StopReason): Result<Standing, SubscriberRefusal> {
  if (status !== 'suspended') return refuseSubscriber('STATUS_REFUSES', 'subscriberId', { status });
  if (!isStoppedFor(stopReasons, reason)) return refuseSubscriber('NOT_STOPPED', 'reason');
  const left = withoutReason(stopReasons, reason);
  return ok({ status: left === 0 ? 'active' : 'suspended', stopReasons: left });
}
