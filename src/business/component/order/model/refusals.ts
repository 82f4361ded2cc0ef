import { refusalsOf } from '../../../../kernel/result';
import { STANDARD_REFUSALS } from '../../../../kernel/standard-refusals';

/** Why the order component says no. What an item does to a party is refused in that party's words. */
export const ORDER_REFUSALS = {
  ...STANDARD_REFUSALS,
  ORGANISATION_NOT_FOUND: {
    zh: '受理组织不存在，或您在该组织没有受理权限',
    en: 'The accepting organisation does not exist, or you may not accept orders there.',
  },
  ORGANISATION_CLOSED: { zh: '该组织已关闭，不能再受理业务', en: 'That organisation is closed and accepts no orders.' },
  CUSTOMER_NOT_FOUND: { zh: '客户不存在，或不在您的管理范围内', en: 'There is no such customer, or it lies outside your scope.' },
  CUSTOMER_NOT_ACTIVE: { zh: '该客户已销户或已合并', en: 'That customer is closed or was merged into another.' },
  ACCOUNT_NOT_FOUND: { zh: '账户不存在，或不在您的管理范围内', en: 'There is no such account, or it lies outside your scope.' },
  ACCOUNT_NOT_ACTIVE: { zh: '该账户已销户或已合并', en: 'That account is closed or was merged into another.' },
  ACCOUNT_NOT_THEIRS: { zh: '该账户不属于所指客户', en: 'That account is not the customer’s.' },
  SUBSCRIBER_NOT_FOUND: {
    zh: '用户不存在，或不在您的管理范围内',
    en: 'There is no such subscriber, or it lies outside your scope.',
  },
  NOT_THEIRS: { zh: '该用户不属于此客户', en: 'That subscriber is not this customer’s.' },
  ITEMS_NEEDED: { zh: '至少需要一个受理项', en: 'An order needs at least one item.' },
  ITEM_INVALID: { zh: '受理项内容不正确：{reason}', en: 'The item cannot be read: {reason}.' },
  UNCHANGED: { zh: '与现状相同，无需受理', en: 'That is as it is already: there is nothing to do.' },
  NUMBER_OR_ANY: {
    zh: '请指定号码（账号），或选号条件，二者选一',
    en: 'Give either the number or login, or what any number is to be like.',
  },
  NUMBER_NEEDS_SPEND: {
    zh: '号码 {number} 的等级 {class} 要求每月保底消费 {amount}，套餐月费低于此额',
    en: 'The number {number} is of class {class}, which asks for {amount} a month: the plan costs less.',
  },
  START_IN_PAST: { zh: '生效时间不能早于现在', en: 'It cannot start in the past.' },
  START_TOO_LATE: { zh: '生效时间不能晚于 {days} 天后', en: 'It cannot start later than {days} days from now.' },
  QUOTATION_NOT_FOUND: { zh: '报价不存在，或不在您的管理范围内', en: 'There is no such quotation, or it lies outside your scope.' },
  QUOTATION_EXPIRED: { zh: '报价已过期，请重新报价', en: 'The quotation is no longer valid; ask for another.' },
  QUOTATION_USED: { zh: '该报价已被订单 {orderNo} 使用', en: 'The quotation was used already, by order {orderNo}.' },
  QUOTATION_DIFFERS: {
    zh: '该报价的客户或受理组织与订单不同',
    en: 'The quotation is for another customer or organisation than the order.',
  },
  ORDER_UNDER_WAY: { zh: '该用户有未完成的订单 {orderNo}', en: 'Order {orderNo} for that subscriber is not finished.' },
  STOP_REASON_REFUSES: { zh: '用户因 {reasons} 停机，不能办理', en: 'The subscriber is stopped for {reasons}: this cannot be done.' },
  IN_ARREARS: { zh: '尚有欠费，请先缴清', en: 'There are arrears: they must be paid first.' },
  IN_CONTRACT: {
    zh: '产品 {product} 在 {until} 之前受合约约束，不能办理',
    en: 'Product {product} is bound by a contract until {until}: this cannot be done.',
  },
  MONTHS_IN_NET: { zh: '在网须满 {months} 个月', en: 'The subscriber must have been with us for {months} months.' },
  DAYS_IN_NET: { zh: '在网须满 {days} 天', en: 'The subscriber must have been with us for {days} days.' },
  STATE_REFUSES: { zh: '订单当前状态为 {state}，不能进行此操作', en: 'The order is {state}: this cannot be done.' },
  POINT_OF_NO_RETURN: { zh: '订单已进入不可撤销阶段', en: 'The order has passed the point of no return.' },
  PAID_ALREADY: { zh: '订单已缴费，请撤单后重新受理', en: 'The order was paid: cancel it, and accept another.' },
  NOTHING_TO_PAY: { zh: '订单无待缴费用', en: 'There is nothing to pay for this order.' },
  AMOUNT_WRONG: { zh: '缴费金额须为 {due}', en: 'The amount must be {due}.' },
  ACCOUNT_NEEDED: { zh: '有待缴费用，须指定账户', en: 'There is something to pay: name an account.' },
  REFERENCE_TAKEN: { zh: '该凭证号已被使用', en: 'A payment with that reference was recorded already.' },
  APPROVER_ASKED: { zh: '不能审批自己受理的订单', en: 'Nobody approves an order that he accepted himself.' },
  WORK_STATE_REFUSES: { zh: '工单当前状态为 {state}，不能进行此操作', en: 'The work order is {state}: this cannot be done.' },
  WORK_TAKEN: { zh: '工单已由他人领取', en: 'Someone else has taken the work order.' },
  ONLY_STAFF: { zh: '仅员工可领取工单', en: 'Only a member of staff can take a work order.' },
  PRODUCT_NOT_SOLD: { zh: '产品 {product} 现在不在该组织销售', en: 'Product {product} is not sold there now.' },
  PRODUCT_KIND_WRONG: { zh: '产品 {product} 不是{wanted}', en: 'Product {product} is not of the kind {wanted}.' },
  PRODUCT_OF_ANOTHER_LINE: { zh: '产品 {product} 属于其他业务类型', en: 'Product {product} is of another line of business.' },
  QUANTITY_REFUSED: { zh: '产品 {product} 的数量须为 {least} 至 {most}', en: 'Of product {product} there must be {least} to {most}.' },
  NOT_ELIGIBLE: { zh: '不符合产品 {product} 的办理资格（{reasons}）', en: 'Product {product} cannot be had: {reasons}.' },
  PRODUCT_REQUIRED: { zh: '产品 {product} 须同时订购 {codes} 之一', en: 'Product {product} needs one of {codes}.' },
  PRODUCT_EXCLUDED: { zh: '产品 {product} 与 {codes} 互斥', en: 'Product {product} cannot be had together with {codes}.' },
  PRODUCT_TOO_OFTEN: { zh: '产品 {product} 最多可订购 {most} 个', en: 'Product {product} can be had {most} times at most.' },
  INSTANCE_NOT_HELD: { zh: '该用户现在未持有此产品', en: 'The subscriber does not hold that product now.' },
  INSTANCE_TWICE: { zh: '本订单中有多个受理项变更产品 {product}', en: 'More than one item of this order changes product {product}.' },
  PLAN_STAYS: {
    zh: '{product} 是主套餐，不能退订，请变更套餐或销户',
    en: '{product} is the plan: change it for another, or close the subscriber.',
  },
  PLAN_CHANGED: { zh: '报价后主套餐已变更，请重新报价', en: 'The plan is not the one that was quoted for: ask for another quotation.' },
  PRODUCTS_TOO_MANY: { zh: '一个用户最多可持有 {max} 个产品', en: 'A subscriber can hold {max} products at most.' },
  ADDRESS_UNCHANGED: { zh: '新址与原址相同', en: 'That is the address already.' },
  RATING_TYPE_UNCHANGED: { zh: '付费方式未改变', en: 'The account is of that kind already.' },
  SERVICE_TYPE_NOT_FOUND: { zh: '业务类型不存在', en: 'There is no such service type.' },
  CHARGE_CODE_NEEDED: { zh: '有手续费时须指定账目项', en: 'A fee needs a charge code.' },
  CHARGE_CODE_NOT_FOUND: { zh: '账目项不存在', en: 'There is no such charge code.' },
  CHARGE_CODE_NOT_IN_FORCE: {
    zh: '账目项 {code} 当前无效',
    en: 'Charge code {code} has no terms in force: nothing can be charged under it.',
  },
  CURRENCY_DIFFERS: { zh: '币种与运营商本位币不同', en: 'The currency is not the operator’s.' },
  RULE_INVALID: { zh: '受理规则不正确：{reason}', en: 'The rule is not possible: {reason}.' },
  IN_THE_PAST: { zh: '生效时间不能早于现在', en: 'It cannot take effect in the past.' },
} as const;

export type OrderRefusal = keyof typeof ORDER_REFUSALS;

export const refuseOrder = refusalsOf<OrderRefusal>(ORDER_REFUSALS);
