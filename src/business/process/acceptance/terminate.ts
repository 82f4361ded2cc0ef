import { endDiscountsOf, endDiscountsOfBundle } from '../../component/discount';
import { endProductsOf, selectStandingProducts } from '../../component/product';
import { endOf, refuseSubscriber, terminateIn } from '../../component/subscriber';
import { systemScope } from '../../../kernel/scope';
import { told } from './network-change';
import { giveDepositsBack, quoteDepositsBack } from './deposits-back';
import type { OrderKind } from './order-kind';
import type { Line } from './quote-products';
import { quoteLeaving } from './contracts';
import { quoteBundleLeft } from './quote-bundle-end';
import { checkPlanned, plannedAfter, readHolding } from './held-products';
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
  async fix(unit, content, { startAt }) {
    const standing = await selectStandingProducts({ ...unit, scope: systemScope }, content.subscriberId, startAt);
    return { ...content, plannedIds: plannedAfter(standing, startAt) };
  },
  async check(accepting, content) {
    const { status } = subscriberOf(accepting.parties, content.subscriberId);
    if (endOf(status) === undefined) return refuseSubscriber('STATUS_REFUSES', 'subscriberId', { status });
    return checkPlanned(await readHolding(accepting, content.subscriberId), content, 'subscriberId');
  },
  async quote(accepting, { subscriberId }) {
    const { held } = await readHolding(accepting, subscriberId);
    const lines: Line[] = [];
    for (const product of held) {
      lines.push(...(await quoteLeaving(accepting, product, { subscriberId, at: accepting.startAt, by: 'TERMINATION' })));
    }
    return [...lines, ...(await quoteBundleLeft(accepting, subscriberId)), ...(await quoteDepositsBack(accepting, subscriberId))];
  },
  // What was opened ahead and never activated is not known to the network.
  network: ({ parties }, { subscriberId }, before) =>
    subscriberOf(parties, subscriberId).status === 'pendingActive' ? undefined : told('TERMINATE', before, 'ACTIVATE', before),
  async effect(accepting, { subscriberId }) {
    const { wide, parties } = accepting;
    const subscriber = subscriberOf(parties, subscriberId);
    const terminated = await terminateIn(wide, subscriber);
    if (terminated.ok) {
      for (const bundle of await endProductsOf(wide, subscriber)) await endDiscountsOfBundle(wide, bundle);
      await endDiscountsOf(wide, subscriber);
      await giveDepositsBack(accepting, subscriberId);
    }
    return terminated;
  },
};
