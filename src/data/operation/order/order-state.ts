/** The states of an order, in the words of TMF622. */
export const ORDER_STATES = [
  'acknowledged',
  'rejected',
  'pending',
  'held',
  'inProgress',
  'cancelled',
  'completed',
  'failed',
  'partial',
  'assessingCancellation',
  'pendingCancellation',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** An item has the same, but is never partly done. */
export type OrderItemState = Exclude<OrderState, 'partial'>;

/** What an item does to what the customer has (TMF622). */
export const ITEM_ACTIONS = ['ADD', 'MODIFY', 'DELETE', 'NO_CHANGE'] as const;
export type ItemAction = (typeof ITEM_ACTIONS)[number];

/** Whether someone must agree to what was granted 优惠审批, and has. */
export const APPROVALS = ['NONE', 'NEEDED', 'GIVEN'] as const;
export type Approval = (typeof APPROVALS)[number];
