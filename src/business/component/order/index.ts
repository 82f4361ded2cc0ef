export type { OrderActor } from '../../../data/operation/order/order-actor';
export { hadHandIn, selectOrderHistory, type OrderEvent } from '../../../data/operation/order/order-event';
export { selectLatestDone, selectOrderItems, type OrderItem } from '../../../data/operation/order/order-item';
export { selectOrderKindRules, type OrderKindRule, type SetOrderKindRule } from '../../../data/operation/order/order-kind-rule';
export { selectOrderPayments, type OrderPayment } from '../../../data/operation/order/order-payment';
export {
  ORDER_PAYMENT_KINDS,
  ORDER_PAYMENT_METHODS,
  type OrderPaymentKind,
  type OrderPaymentMethod,
} from '../../../data/operation/order/order-payment-kind';
export {
  APPROVALS,
  ITEM_ACTIONS,
  ORDER_STATES,
  type Approval,
  type ItemAction,
  type OrderItemState,
  type OrderState,
} from '../../../data/operation/order/order-state';
export type { ProductOrder } from '../../../data/operation/order/product-order';
export { selectQuotationsById, type Quotation } from '../../../data/operation/order/quotation';
export {
  searchOrders,
  selectOrderByNo,
  selectOrderTimeliness,
  selectOrderWorkList,
  selectOrdersById,
  selectOrdersToExpire,
  selectOrdersToStart,
  type OrderFilter,
  type OrderTimeliness,
} from '../../../data/operation/order/select-orders';
export { selectEffects, type EffectAt, type EffectOfOrder } from '../../../data/operation/order/select-effects';
export {
  selectWorkOrderFor,
  selectWorkOrdersById,
  selectWorkOrdersOfOrders,
  selectWorkQueue,
  type WorkOrder,
  type WorkQueueFilter,
} from '../../../data/operation/order/work-order';
export { WORK_ORDER_STATES, type WorkOrderState } from '../../../data/operation/order/work-order-state';
export { isPortInUnderWay } from '../../../data/operation/order/port-in-under-way';
export { lockOrder, selectOrderFor, selectSubscribersInOrders } from '../../../data/operation/order/write-order';
export { claimWorkOrder } from './claim-work-order';
export { FIRST_RULES, PAYMENT_HOURS } from './first-rules';
export { keepDoneOrders, type DoneItem, type DoneOrder } from './keep-done-orders';
export { keepOrder, type OrderChanged } from './keep-order';
export { QUOTATION_VALID_HOURS, keepQuotation, type NewQuotation } from './keep-quotation';
export { ORDER_EVENT_REASONS, OrderCourse, type Because, type OrderEventReason } from './model/course';
export { gateOf, passTo, type Gate } from './model/gate';
export {
  ADD_ONS_MAX, DISCOUNTS_MAX, ITEM_CONTENTS, NEGOTIATED_MAX, PLAN_CHANGE_TIMES, contentField, idKindIn, itemName,
  type AnyNumber, type BundleToJoin, type ContentOf, type GoodNumber, type ItemKind, type ItemRequest, type OrderedDiscount,
  type OrderedProduct, type PlanChangeTime,
} from './model/item-content'; // prettier-ignore
export { readGivenAway, type GivenByHand } from './model/given-away';
export { MANUAL_MAX, type ManualReduction } from './model/manual-reduction';
export { readBudgets } from './model/quoted-budgets';
export { ORDER_KINDS, ORDER_KIND_NAMES, type OrderKindName } from './model/order-kinds';
export {
  ITEMS_MAX,
  checkRequest,
  checkText,
  chosenNumbersOf,
  isTrial,
  readItem,
  readRequest,
  type QuotationRequest,
} from './model/quotation-request';
export { QUOTE_LINE_KINDS, dueOf, readLines, type QuoteLine, type QuoteLineKind } from './model/quote-line';
export { ORDER_REFUSALS, refuseOrder, type OrderRefusal } from './model/refusals';
export { ITEM_TRANSITIONS, ORDER_TRANSITIONS, isEnd, stateOfItems } from './model/state';
export { findOrder, holdOrder, type OrderChange, type OrderInHand } from './order-in-hand';
export { chargeOrder } from './charge-order';
export { giveBackPayments } from './give-back-payments';
export { NOTHING_CHARGED, chargedForLeaving, type ChargedForLeaving } from './charged-for-leaving';
export { linesOf } from './lines-of';
export { recordPayment, type NewOrderPayment } from './record-payment';
export { checkRule, forgetOrderRules, orderRules, type BoundProduct, type OrderRules } from './order-rules';
export { quotationToUse } from './quotation-to-use';
export { withTax } from './with-tax';
export { setOrderKindRule, type SetOrderKindRuleInput } from './set-order-kind-rule';
export { endWorkOrder, withdrawWorkOrders, workOrderToEnd, type WorkOrderChange } from './work-orders';
export { ORDER_STATE_WORDS, WORK_ORDER_STATE_WORDS } from './model/state-words';
