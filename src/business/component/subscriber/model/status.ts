import type { SubscriberStatus } from '../../../../data/operation/subscriber/subscriber';

/**
 * Where a subscriber may go from each state: TM Forum's Product inventory (TMF637), with one addition of ours. TM Forum draws
 * no arrow from `suspended` to its end; an operator needs it, since a number that is stopped for arrears or lost is closed
 * 欠费销号 without being put back in service first.
 */
export const STATUS_TRANSITIONS: Readonly<Record<SubscriberStatus, readonly SubscriberStatus[]>> = {
  created: ['pendingActive', 'active'],
  pendingActive: ['active', 'cancelled', 'aborted'],
  active: ['suspended', 'pendingTerminate', 'terminated'],
  suspended: ['active', 'pendingTerminate', 'terminated'],
  pendingTerminate: ['terminated'],
  terminated: [],
  cancelled: [],
  aborted: [],
};

export function mayBecome(from: SubscriberStatus, to: SubscriberStatus): boolean {
  return STATUS_TRANSITIONS[from].includes(to);
}

/**
 * What a subscriber becomes that is closed 销户: one that was opened ahead 预开户 and never activated was never in service, so it is
 * cancelled, not terminated. Undefined: it cannot be closed as it is.
 */
export function endOf(status: SubscriberStatus): 'terminated' | 'cancelled' | undefined {
  if (mayBecome(status, 'terminated')) return 'terminated';
  return mayBecome(status, 'cancelled') ? 'cancelled' : undefined;
}

/** Whether nothing more can come of the subscriber. */
export function isFinal(status: SubscriberStatus): boolean {
  return STATUS_TRANSITIONS[status].length === 0;
}
