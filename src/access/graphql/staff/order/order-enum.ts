import {
  APPROVALS, ITEM_ACTIONS, ORDER_EVENT_REASONS, ORDER_KINDS, ORDER_KIND_NAMES, ORDER_PAYMENT_KINDS, ORDER_STATES, ORDER_STATE_WORDS, PLAN_CHANGE_TIMES,
  QUOTE_LINE_KINDS, WORK_ORDER_STATES, WORK_ORDER_STATE_WORDS, type OrderEventReason, type QuoteLineKind,
} from '../../../../business/component/order'; // prettier-ignore
import { enumOf, inWords } from '../../server/enum';

export const OrderKindEnum = enumOf('OrderKind', ORDER_KIND_NAMES, {
  description: '受理类型: what an item of an order does.',
  meanings: ORDER_KINDS,
});

export const OrderStateEnum = enumOf('OrderState', ORDER_STATES, {
  description: '订单状态: the states of an order and of its items, in the words of TMF622.',
  meanings: inWords(ORDER_STATE_WORDS, {
    acknowledged: 'Accepted; its start has not come yet.',
    rejected: 'Not accepted.',
    pending: 'Waits for its payment.',
    held: 'Waits for approval; once the work has begun, for a person to find out what the network did.',
    inProgress: 'Being worked on.',
    cancelled: 'Taken back.',
    completed: 'Done.',
    failed: 'Could not be done.',
    partial: 'Some items were done, others not.',
    assessingCancellation: 'Whether it can be taken back is being looked at.',
    pendingCancellation: 'Being taken back.',
  }),
});

export const PlanChangeTimeEnum = enumOf('PlanChangeTime', PLAN_CHANGE_TIMES, {
  description: '变更生效时间: when another plan begins.',
  meanings: {
    NOW: { zh: '立即', en: 'When the order takes effect.' },
    NEXT_PERIOD: {
      zh: '下一账期',
      en: 'On the next billing day of the account that pays by default, at midnight of the operator’s time zone.',
    },
  },
});

export const OrderItemActionEnum = enumOf('OrderItemAction', ITEM_ACTIONS, {
  description: '受理动作 (TMF622)',
  meanings: {
    ADD: { zh: '新增', en: 'Something new.' },
    MODIFY: { zh: '变更', en: 'A change of what is there.' },
    DELETE: { zh: '取消', en: 'The end of what is there.' },
    NO_CHANGE: { zh: '不变', en: 'Named, and left as it is.' },
  },
});

export const ApprovalEnum = enumOf('OrderApproval', APPROVALS, {
  description: '审批: whether someone must agree to what was granted.',
  meanings: {
    NONE: { zh: '无需审批', en: 'Nobody has to.' },
    NEEDED: { zh: '待审批', en: 'Someone with the authority has to.' },
    GIVEN: { zh: '已审批', en: 'Someone has.' },
  },
});

export const OrderEventReasonEnum = enumOf('OrderEventReason', Object.keys(ORDER_EVENT_REASONS) as OrderEventReason[], {
  description: '状态变化原因: why an order or an item went from one state to another.',
  meanings: ORDER_EVENT_REASONS,
});

export const QuoteLineKindEnum = enumOf('QuoteLineKind', Object.keys(QUOTE_LINE_KINDS) as QuoteLineKind[], {
  description: '报价项类型',
  meanings: QUOTE_LINE_KINDS,
});

export const OrderPaymentKindEnum = enumOf('OrderPaymentKind', ORDER_PAYMENT_KINDS, {
  description: '收付类型',
  meanings: { PAYMENT: { zh: '缴费', en: 'Paid.' }, REFUND: { zh: '退费', en: 'Given back.' } },
});

export const WorkOrderStateEnum = enumOf('WorkOrderState', WORK_ORDER_STATES, {
  description: '工单状态 (TMF701)',
  meanings: inWords(WORK_ORDER_STATE_WORDS, {
    new: 'In its queue.',
    active: 'Taken by somebody.',
    completed: 'Done.',
    cancelled: 'Withdrawn, or could not be done.',
  }),
});
