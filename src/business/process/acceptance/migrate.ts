import { refuseOrder } from '../../component/order';
import type { OrderKind } from './order-kind';

/**
 * 存量迁移: what a subscriber holds in a system that it comes from. An import makes such orders, complete as they are
 * (`product-migration`); nobody else may.
 */
export const migrate: OrderKind<'MIGRATE'> = {
  action: 'ADD',
  touches: ({ subscriberId: id }) => ({ subscriber: { id, field: 'subscriberId' } }),
  check: () => Promise.resolve(refuseOrder('ONLY_BY_IMPORT', 'products')),
  effect: () => Promise.resolve(refuseOrder('ONLY_BY_IMPORT', 'products')),
};
