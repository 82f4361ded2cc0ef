import { first, open, openOrdered } from './open';
import type { OrderKind } from './order-kind';

/**
 * 预开户: a subscriber with its number and card, as an agent has many ready to be sold. It is not in service and holds no product: its plan is
 * chosen, and what it costs is asked for, when it is activated; so are the discounts that it is to have.
 */
export const preOpen: OrderKind<'PRE_OPEN'> = {
  ...open,
  quote: () => Promise.resolve([]),
  network: () => undefined,
  asks: (content) => {
    const { discounts = [], products = [] } = open.asks?.(content) ?? {};
    // Whose account it will be charged to, nobody knows yet.
    return { discounts: discounts.map((one) => ({ ...one, accountId: null, later: true })), products };
  },
  effects: (accepting, items) => openOrdered(accepting, items, { ahead: true }),
  async effect(accepting, content) {
    return first(await openOrdered(accepting, [{ content }], { ahead: true }));
  },
};
