import type { Approval } from '../../../../data/operation/order/order-state';
import type { Instant } from '../../../../kernel/clock';
import { isBefore } from '../../../../kernel/period';
import type { Because, OrderCourse, OrderEventReason } from './course';

/** What an order waits for before the work begins. */
export interface Waiting {
  readonly approval: Approval;
  readonly dueMinor: bigint;
  readonly paidMinor: bigint;
  readonly requestedStartAt: Instant | null;
}

export type Gate = 'held' | 'pending' | 'acknowledged' | 'inProgress';

/** A decision comes first, then the payment, then the start: nobody pays for what may be refused, and nothing is done unpaid. */
export function gateOf({ approval, dueMinor, paidMinor, requestedStartAt }: Waiting, now: Instant): Gate {
  if (approval === 'NEEDED') return 'held';
  if (paidMinor < dueMinor) return 'pending';
  return requestedStartAt !== null && isBefore(now, requestedStartAt) ? 'acknowledged' : 'inProgress';
}

const REASONS: Readonly<Record<Gate, OrderEventReason>> = {
  held: 'APPROVAL_NEEDED',
  pending: 'PAYMENT_NEEDED',
  acknowledged: 'STARTS_LATER',
  inProgress: 'STARTED',
};

/** Takes an order, on whose work nothing has begun, to what it waits for next. `because` says why it no longer waits where it did. */
export function passTo(course: OrderCourse, gate: Gate, because: Because): void {
  if (course.state === gate) return;
  // From one wait to another through the state that says only that the order is known.
  if (course.state !== 'acknowledged') course.move('acknowledged', because);
  if (course.state !== gate) course.move(gate, { reason: REASONS[gate] });
}
