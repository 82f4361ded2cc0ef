import { stopIn, stopped } from '../../component/subscriber';
import { told } from './network-change';
import type { OrderKind } from './order-kind';
import { subscriberOf } from './party-of';

/** 停机: the subscriber is stopped at the customer's request, or because card or device were lost. */
export const suspend: OrderKind<'SUSPEND'> = {
  action: 'MODIFY',
  touches: ({ subscriberId }) => ({ subscriber: { id: subscriberId, field: 'subscriberId' } }),
  // Who has lost his phone does not wait for anything.
  besideOthers: ({ reason }) => reason === 'LOSS',
  async check({ parties }, { subscriberId, reason }) {
    const { status, stop_reasons: stopReasons } = subscriberOf(parties, subscriberId);
    const next = stopped({ status, stopReasons }, reason);
    return next.ok ? undefined : next;
  },
  // One that is stopped already is so on the network.
  network: ({ parties }, { subscriberId }, before) =>
    subscriberOf(parties, subscriberId).status === 'suspended'
      ? undefined
      : told('SUSPEND', { ...before, stopped: true }, 'RESUME', before),
  effect: ({ wide, parties }, { subscriberId, reason }) => stopIn(wide, subscriberOf(parties, subscriberId), reason),
};
