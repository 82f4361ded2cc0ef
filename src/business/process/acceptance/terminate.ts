import { endProductsOf } from '../../component/product';
import { mayBecome, refuseSubscriber, terminateIn } from '../../component/subscriber';
import type { OrderKind } from './order-kind';
import type { Line } from './quote-products';
import { quoteLeaving } from './contracts';
import { quoteBundleLeft } from './quote-bundle-end';
import { isChanged, readHolding } from './held-products';
import { subscriberOf } from './party-of';

/** 销户: the service ends, its number is given back, and nobody pays for it any longer. */
export const terminate: OrderKind<'TERMINATE'> = {
  action: 'DELETE',
  touches: ({ subscriberId }) => ({
    number: { subscriberId, next: null },
    subscriber: { id: subscriberId, field: 'subscriberId' },
    inBundle: true,
  }),
  async check({ parties }, { subscriberId }) {
    const { status } = subscriberOf(parties, subscriberId);
    return mayBecome(status, 'terminated') ? undefined : refuseSubscriber('STATUS_REFUSES', 'subscriberId', { status });
  },
  async quote(accepting, { subscriberId }) {
    const { held } = await readHolding(accepting, subscriberId);
    const leaving = held.filter(({ instanceId }) => !isChanged(accepting.items, instanceId));
    const lines: Line[] = [];
    for (const product of leaving) lines.push(...(await quoteLeaving(accepting, product, { subscriberId, at: accepting.startAt })));
    return [...lines, ...(await quoteBundleLeft(accepting, subscriberId))];
  },
  async effect({ wide, parties }, { subscriberId }) {
    const subscriber = subscriberOf(parties, subscriberId);
    const terminated = await terminateIn(wide, subscriber);
    if (terminated.ok) await endProductsOf(wide, subscriber);
    return terminated;
  },
};
