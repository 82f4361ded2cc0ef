import { endDiscountsOf } from '../../component/discount';
import { endProductsOf } from '../../component/product';
import { endOf, refuseSubscriber, terminateIn } from '../../component/subscriber';
import { told } from './network-change';
import type { OrderKind } from './order-kind';
import type { Line } from './quote-products';
import { quoteLeaving } from './contracts';
import { quoteBundleLeft } from './quote-bundle-end';
import { readHolding } from './held-products';
import { subscriberOf } from './party-of';

/** 销户: the service ends, its number is given back, and nobody pays for it any longer. */
export const terminate: OrderKind<'TERMINATE'> = {
  action: 'DELETE',
  beforeService: true,
  leavesContracts: true,
  touches: ({ subscriberId }) => ({
    number: { subscriberId, next: null },
    subscriber: { id: subscriberId, field: 'subscriberId' },
    inBundle: true,
  }),
  async check({ parties }, { subscriberId }) {
    const { status } = subscriberOf(parties, subscriberId);
    return endOf(status) !== undefined ? undefined : refuseSubscriber('STATUS_REFUSES', 'subscriberId', { status });
  },
  async quote(accepting, { subscriberId }) {
    const { held } = await readHolding(accepting, subscriberId);
    const lines: Line[] = [];
    for (const product of held) {
      lines.push(...(await quoteLeaving(accepting, product, { subscriberId, at: accepting.startAt, by: 'TERMINATION' })));
    }
    return [...lines, ...(await quoteBundleLeft(accepting, subscriberId))];
  },
  // What was opened ahead and never activated is not known to the network.
  network: ({ parties }, { subscriberId }, before) =>
    subscriberOf(parties, subscriberId).status === 'pendingActive' ? undefined : told('TERMINATE', before, 'ACTIVATE', before),
  async effect({ wide, parties }, { subscriberId }) {
    const subscriber = subscriberOf(parties, subscriberId);
    const terminated = await terminateIn(wide, subscriber);
    if (terminated.ok) {
      await endProductsOf(wide, subscriber);
      await endDiscountsOf(wide, subscriber);
    }
    return terminated;
  },
};
