import type { OrderItemState, OrderState } from '../../../../data/operation/order/order-state';

/**
 * Where an order may go from each state: TMF622, with additions of ours before the work begins. There an order waits by turns for
 * a decision, for its payment and for its start, and each wait may be the first or the last: so `acknowledged` leads to `held`, and
 * both waits lead back to it. And what waits for its start can be withdrawn without an assessment: nothing has been done yet.
 */
export const ORDER_TRANSITIONS: Readonly<Record<OrderState, readonly OrderState[]>> = {
  acknowledged: ['inProgress', 'pending', 'held', 'cancelled'],
  rejected: [],
  inProgress: ['pending', 'held', 'assessingCancellation', 'completed', 'failed', 'partial'],
  pending: ['acknowledged', 'inProgress', 'assessingCancellation', 'cancelled'],
  held: ['acknowledged', 'inProgress', 'assessingCancellation', 'cancelled'],
  assessingCancellation: ['inProgress', 'pending', 'held', 'pendingCancellation'],
  pendingCancellation: ['cancelled'],
  cancelled: [],
  completed: [],
  failed: [],
  partial: [],
};

/** An item goes the same way, but is never partly done. One that was not begun when its order fails is cancelled with it. */
export const ITEM_TRANSITIONS: Readonly<Record<OrderItemState, readonly OrderItemState[]>> = {
  acknowledged: ['inProgress', 'pending', 'held', 'cancelled'],
  rejected: [],
  inProgress: ['pending', 'held', 'assessingCancellation', 'completed', 'failed'],
  pending: ['acknowledged', 'inProgress', 'assessingCancellation', 'cancelled'],
  held: ['acknowledged', 'inProgress', 'assessingCancellation', 'cancelled'],
  assessingCancellation: ['inProgress', 'pending', 'held', 'pendingCancellation'],
  pendingCancellation: ['cancelled'],
  cancelled: [],
  completed: [],
  failed: [],
};

/** Whether nothing more can come of an order, or of an item, in this state. */
export function isEnd(state: OrderState): boolean {
  return ORDER_TRANSITIONS[state].length === 0;
}

/**
 * What an order is when its items are so: at work while any of them is not at its end; then completed where all are, failed where
 * none is, partial where some are.
 */
export function stateOfItems(items: readonly OrderItemState[]): OrderState {
  if (items.length === 0 || items.some((state) => !isEnd(state))) return 'inProgress';
  const completed = items.filter((state) => state === 'completed').length;
  if (completed === items.length) return 'completed';
  if (items.every((state) => state === 'cancelled')) return 'cancelled';
  return completed > 0 ? 'partial' : 'failed';
}
