import { refusalsOf } from '../../../../kernel/result';
import { STANDARD_REFUSALS } from '../../../../kernel/standard-refusals';
import { SUBSCRIBER_STATUS_WORDS } from './status-words';

/** Why the subscriber component says no. */
export const SUBSCRIBER_REFUSALS = {
  ...STANDARD_REFUSALS,
  ORGANISATION_NOT_FOUND: {
    zh: '管理组织不存在，或您在该组织没有该业务的权限',
    en: 'The managing organisation does not exist, or you may not manage this line of business there.',
  },
  ORGANISATION_CLOSED: { zh: '该组织已关闭，不能再管理用户', en: 'That organisation is closed and can manage no subscribers.' },
  CUSTOMER_NOT_FOUND: { zh: '客户不存在，或不在您的管理范围内', en: 'There is no such customer, or it lies outside your scope.' },
  CUSTOMER_NOT_ACTIVE: { zh: '该客户已销户或已合并', en: 'That customer is closed or was merged into another.' },
  ACCOUNT_NOT_FOUND: { zh: '账户不存在，或不在您的管理范围内', en: 'There is no such account, or it lies outside your scope.' },
  ACCOUNT_NOT_ACTIVE: { zh: '该账户已销户或已合并', en: 'That account is closed or was merged into another.' },
  SERVICE_TYPE_NOT_FOUND: { zh: '业务类型不存在', en: 'There is no such service type.' },
  ORDER_UNDER_WAY: { zh: '该用户有未完成的订单 {orderNo}', en: 'Order {orderNo} for that subscriber is not finished.' },
  BY_ORDER_ONLY: {
    zh: '该业务类型由网络开通，请以订单开户、销户',
    en: 'The network has to be told of that line of business: open and close its subscribers by orders.',
  },
  HOLDS_PRODUCTS: {
    zh: '该用户持有产品，请以订单销户',
    en: 'The subscriber holds products: close it by an order, which tells what that costs.',
  },
  DEPOSIT_HELD: {
    zh: '该用户的号码 {number} 有押金，请以订单改号或销户，押金随订单退还',
    en: 'A deposit is held for the number {number}: give it up by an order, which gives the deposit back.',
  },
  SERVICE_TYPE_RETIRED: { zh: '该业务类型已停用，不能再开户', en: 'That service type is retired: no subscriber of it is opened any more.' },
  ATTRIBUTE_MISSING: { zh: '缺少必填属性 {attribute}', en: 'The attribute {attribute} must be given.' },
  ATTRIBUTE_UNKNOWN: { zh: '该业务类型没有属性 {attribute}', en: 'This service type has no attribute {attribute}.' },
  ATTRIBUTE_INVALID: {
    zh: '属性 {attribute} 不符合业务类型的要求（{rule}）',
    en: 'The attribute {attribute} is not as the service type demands ({rule}).',
  },
  IDENTIFIER_INVALID: { zh: '号码或账号格式不符合该业务类型', en: 'The number or login does not have the form of this service type.' },
  IDENTIFIER_KIND_WRONG: { zh: '该业务类型不使用此类标识', en: 'This service type is not reached by that kind of identifier.' },
  SIM_INVALID: { zh: 'SIM 卡号（ICCID）格式不正确', en: 'The SIM card number (ICCID) is malformed.' },
  NUMBER_TAKEN: { zh: '该号码、账号或 SIM 卡在此期间已被占用', en: 'That number, login or SIM card is taken for that time.' },
  NUMBER_UNAVAILABLE: {
    zh: '该号码现在不能使用：已被他人预占、冻结或预留，或不属于该组织、该业务的号池',
    en: 'That number cannot be had now: it is reserved by someone else, frozen or kept back, or of another place or line of business.',
  },
  NUMBER_DATED_AHEAD: { zh: '在库号码的变更须即时生效', en: 'A number of the stock changes hands now, not at a later time.' },
  STATUS_REFUSES: { zh: '用户当前状态为{status}，不能进行此操作', en: 'The subscriber is {status}: this cannot be done.' },
  ALREADY_STOPPED: { zh: '用户已因此原因停机', en: 'The subscriber is already stopped for that reason.' },
  NOT_STOPPED: { zh: '用户并未因此原因停机', en: 'The subscriber is not stopped for that reason.' },
  BEFORE_OPENING: { zh: '生效时间不能早于开户时间', en: 'It cannot take effect before the subscriber was opened.' },
  RELATION_NOT_FOUND: { zh: '付费关系不存在或已失效', en: 'There is no such payment relation in force.' },
  RELATION_EXISTS: { zh: '该期间该账户已有相同费用组的付费关系', en: 'That account already pays for that charge group at that time.' },
  DEFAULT_RELATION: {
    zh: '默认付费关系不能终止或限额，请另行指定默认账户',
    en: 'The default payment relation cannot be ended or capped; name another default account instead.',
  },
  GROUP_OR_CAP_NEEDED: {
    zh: '非默认付费关系须指定费用组或限额',
    en: 'A payment relation beside the default needs a charge group or a cap.',
  },
  CAP_INVALID: { zh: '限额须大于零，且币种与账户一致', en: 'The cap must be above zero, in the currency of the account.' },
  PRIORITY_INVALID: { zh: '优先级须为 0 至 999', en: 'The priority must be 0 to 999.' },
  CHARGE_GROUP_INVALID: { zh: '费用组代码须为大写字母、数字和下划线', en: 'A charge group is a code of capitals, digits and underscores.' },
  CURRENCY_DIFFERS: { zh: '同一用户的付费账户币种必须一致', en: 'All accounts that pay for one subscriber must have the same currency.' },
} as const;

export type SubscriberRefusal = keyof typeof SUBSCRIBER_REFUSALS;

export const refuseSubscriber = refusalsOf<SubscriberRefusal>(SUBSCRIBER_REFUSALS, { STATUS_REFUSES: { status: SUBSCRIBER_STATUS_WORDS } });
