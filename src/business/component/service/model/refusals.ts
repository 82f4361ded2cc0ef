import { refusalsOf } from '../../../../kernel/result';
import { STANDARD_REFUSALS } from '../../../../kernel/standard-refusals';

/** Why the service component says no. */
export const SERVICE_REFUSALS = {
  ...STANDARD_REFUSALS,
  CODE_INVALID: {
    zh: '编码须为 1 至 40 位大写字母、数字或下划线，以字母开头',
    en: 'A code has 1 to 40 capital letters, digits or underscores, and begins with a letter.',
  },
  CODE_TAKEN: { zh: '该编码已被使用', en: 'That code is already in use.' },
  SERVICE_TYPE_NOT_FOUND: { zh: '业务类型不存在', en: 'There is no such service type.' },
  IDENTIFIER_PATTERN_UNSAFE: {
    zh: '号码格式须为首尾锚定、重复次数有上限的正则表达式（最长 200 字符，不允许嵌套与前瞻）',
    en: 'The pattern must be anchored at both ends, of bounded repetitions, at most 200 characters, with nothing nested and no look-around.',
  },
  CHARACTERISTICS_INVALID: {
    zh: '属性定义不符合要求（{rule}）',
    en: 'This is not a definition of attributes that is taken ({rule}).',
  },
  USAGE_KIND_INVALID: {
    zh: '使用量类型须为 1 至 40 位大写字母、数字或下划线，以字母开头',
    en: 'A usage kind has 1 to 40 capital letters, digits or underscores, and begins with a letter.',
  },
  ADAPTER_NOT_FOUND: { zh: '开通接口不存在', en: 'There is no such provisioning adapter.' },
  ADAPTER_RETIRED: { zh: '该开通接口已停用', en: 'That provisioning adapter is retired.' },
  ADAPTER_IN_USE: {
    zh: '仍有在用的业务类型使用该开通接口，不能停用',
    en: 'A service type that is in use names this adapter: it cannot be retired.',
  },
  ADAPTER_SETTINGS_NEEDED: {
    zh: 'HTTP 接口须填写接口参数，人工接口须填写工单队列，且不能填写另一类参数',
    en: 'An HTTP adapter needs its settings and a manual one its work queue, and neither has those of the other.',
  },
  ENDPOINT_INVALID: {
    zh: '接口地址须为 http 或 https 地址（最长 500 字符），不含用户名、密码、查询和 # 片段，且不能是本机云环境的元数据地址',
    en: 'The endpoint must be an http(s) URL of at most 500 characters, without user, password, query or fragment, and no metadata address of a cloud.',
  },
  SETTING_OUT_OF_RANGE: { zh: '此参数须为 {least} 至 {most} 的整数', en: 'This must be a whole number from {least} to {most}.' },
  WORK_QUEUE_INVALID: {
    zh: '工单队列须为 1 至 40 位大写字母、数字或下划线，以字母开头',
    en: 'A work queue has 1 to 40 capital letters, digits or underscores, and begins with a letter.',
  },
  ACCOUNT_CODE_INVALID: { zh: '会计科目须为 4 至 12 位数字', en: 'A general-ledger account has 4 to 12 digits.' },
  DISCOUNT_ACCOUNT_NEEDED: { zh: '可优惠的账目项须指定优惠科目', en: 'A charge that may be discounted needs a discount account.' },
  WRITE_OFF_PRIORITY_INVALID: { zh: '销账优先级须为 0 至 999', en: 'The write-off priority must be 0 to 999.' },
  BILL_GROUP_INVALID: {
    zh: '账目组须为 1 至 40 位大写字母、数字或下划线，以字母开头',
    en: 'A bill group has 1 to 40 capital letters, digits or underscores, and begins with a letter.',
  },
  TAX_CATEGORY_NOT_FOUND: { zh: '税目不存在', en: 'There is no such tax category.' },
  PARTNER_NOT_FOUND: {
    zh: '合作伙伴不存在、已关闭，或不在您的管理范围内',
    en: 'There is no such partner, or it is closed or lies outside your scope.',
  },
  DEPOSIT_TERMS: {
    zh: '押金不计税、不优惠、不开发票，也不计滞纳金',
    en: 'A deposit is neither taxed, discounted nor invoiced, and bears no late fee.',
  },
  NEVER_DISCOUNTED: {
    zh: '滞纳金、调账和代收费用不能优惠',
    en: 'Late fees, adjustments and what is collected for a partner are never discounted.',
  },
  NEVER_LATE_FEE: {
    zh: '滞纳金和代收费用不再计收滞纳金',
    en: 'Late fees and what is collected for a partner bear no late fee.',
  },
  ALREADY_CHARGED: {
    zh: '该账目项已计费，只能从现在起变更，不能更正过去',
    en: 'Charges have been made under this code: its terms can change from now on, and not in the past.',
  },
} as const;

export type ServiceRefusal = keyof typeof SERVICE_REFUSALS;

export const refuseService = refusalsOf<ServiceRefusal>(SERVICE_REFUSALS);
