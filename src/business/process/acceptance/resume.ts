import { resumeIn, resumed } from '../../component/subscriber';
import type { OrderKind } from './order-kind';
import { subscriberOf } from './party-of';

/** 复机: takes back a stop that the customer asked for; the service is back when no other reason is left. */
export const resume: OrderKind<'RESUME'> = {
  action: 'MODIFY',
  touches: ({ subscriberId }) => ({ subscriber: { id: subscriberId, field: 'subscriberId' } }),
  // As of the stop itself.
  besideOthers: ({ reason }) => reason === 'LOSS',
  async check({ parties }, { subscriberId, reason }) {
    const { status, stop_reasons: stopReasons } = subscriberOf(parties, subscriberId);
    const next = resumed({ status, stopReasons }, reason);
    return next.ok ? undefined : next;
  },
  effect: ({ wide, parties }, { subscriberId, reason }) => resumeIn(wide, subscriberOf(parties, subscriberId), reason),
};
