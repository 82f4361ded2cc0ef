import { resumeIn, resumed } from '../../component/subscriber';
import { told } from './network-change';
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
  // While another reason is left the network goes on as it is.
  network: ({ parties }, { subscriberId, reason }, before) => {
    const { status, stop_reasons: stopReasons } = subscriberOf(parties, subscriberId);
    const next = resumed({ status, stopReasons }, reason);
    return next.ok && next.value.status === 'active' ? told('RESUME', { ...before, stopped: false }, 'SUSPEND', before) : undefined;
  },
  effect: ({ wide, parties }, { subscriberId, reason }) => resumeIn(wide, subscriberOf(parties, subscriberId), reason),
};
