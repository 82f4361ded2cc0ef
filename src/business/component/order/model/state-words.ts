import type { OrderState } from '../../../../data/operation/order/order-state';
import type { WorkOrderState } from '../../../../data/operation/order/work-order-state';
import type { WordsOf } from '../../../../kernel/result';

/** 订单状态, of an order and of its items, as a clerk is told them. */
export const ORDER_STATE_WORDS: WordsOf<OrderState> = {
  acknowledged: { zh: '已受理', en: 'accepted' },
  rejected: { zh: '已拒绝', en: 'rejected' },
  pending: { zh: '待缴费', en: 'waiting for its payment' },
  held: { zh: '挂起', en: 'held' },
  inProgress: { zh: '处理中', en: 'being worked on' },
  cancelled: { zh: '已撤单', en: 'cancelled' },
  completed: { zh: '已完成', en: 'completed' },
  failed: { zh: '失败', en: 'failed' },
  partial: { zh: '部分完成', en: 'done in part' },
  assessingCancellation: { zh: '撤单评估中', en: 'being looked at for its cancellation' },
  pendingCancellation: { zh: '撤单中', en: 'being taken back' },
};

/** 工单状态. */
export const WORK_ORDER_STATE_WORDS: WordsOf<WorkOrderState> = {
  new: { zh: '待领取', en: 'in its queue' },
  active: { zh: '处理中', en: 'taken by somebody' },
  completed: { zh: '已回单', en: 'completed' },
  cancelled: { zh: '已撤销', en: 'cancelled' },
};
