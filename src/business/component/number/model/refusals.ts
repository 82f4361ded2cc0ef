import { refusalsOf } from '../../../../kernel/result';
import { STANDARD_REFUSALS } from '../../../../kernel/standard-refusals';
import { NUMBER_STATE_WORDS } from './state-words';

/** Why the number component says no. */
export const NUMBER_REFUSALS = {
  ...STANDARD_REFUSALS,
  ORGANISATION_NOT_FOUND: {
    zh: '管理组织不存在，或您在该组织没有该业务的号码权限',
    en: 'The managing organisation does not exist, or you may not manage numbers of this line of business there.',
  },
  ORGANISATION_CLOSED: { zh: '该组织已关闭，不能再管理号码', en: 'That organisation is closed and can manage no numbers.' },
  CODE_INVALID: {
    zh: '编码须以大写字母或数字开头，由大写字母、数字、点、下划线、连字符组成，最多 32 个字符',
    en: 'A code has at most 32 capitals, digits, dots, underscores and hyphens, and begins with a capital or a digit.',
  },
  CODE_TAKEN: { zh: '该编码已被使用', en: 'That code is taken.' },
  SERVICE_TYPE_NOT_FOUND: { zh: '业务类型不存在', en: 'There is no such service type.' },
  SERVICE_TYPE_WITHOUT_NUMBERS: { zh: '该业务类型不使用号码', en: 'This service type is not reached by a number.' },
  NUMBERS_LEFT: {
    zh: '号池中还有未报废的号码，不能关闭',
    en: 'The pool still has numbers that are not scrapped; it cannot be closed.',
  },
  CLASS_NOT_FOUND: { zh: '号码等级不存在', en: 'There is no such class of numbers.' },
  AMOUNT_INVALID: {
    zh: '金额不能为负，且保底消费与押金的币种必须一致',
    en: 'Amounts must not be negative, and minimum spend and deposit must have one currency.',
  },
  CHARGE_CODE_NOT_FOUND: { zh: '没有该押金账目项', en: 'There is no such charge code of deposits.' },
  SPEND_MONTHS_INVALID: {
    zh: '保底消费月数须为 0 至 {max}；有保底金额才有月数，反之亦然',
    en: 'The months of minimum spend must be 0 to {max}, and above zero exactly when there is a minimum spend.',
  },
  PATTERN_INVALID: {
    zh: '号码样式不正确：号头、尾号、包含与排除须为 1 至 18 位数字，尾号形态须为 2 至 {max} 个字母（如 AABB）',
    en: 'A pattern’s head, tail, contents and exclusions are 1 to 18 digits; the shape of a tail is 2 to {max} letters, as AABB.',
  },
  RANGE_INVALID: {
    zh: '号段须由同样位数的数字组成，起始不大于终止，且最多 {max} 个号码',
    en: 'A range goes from digits to as many digits, upwards, over at most {max} numbers.',
  },
  NUMBER_INVALID: { zh: '号码 {number} 的格式不符合该业务类型', en: 'The number {number} does not have the form of this service type.' },
  NUMBER_REPEATED: { zh: '号码 {number} 重复', en: 'The number {number} is given twice.' },
  NUMBERS_IN_STOCK: {
    zh: '其中 {count} 个号码已在库（如 {number}），未作任何更改',
    en: 'Of these numbers {count} are in stock already, the first being {number}; nothing was changed.',
  },
  NUMBERS_OF_OTHER_SERVICE: {
    zh: '号码 {number} 已被其他业务类型的用户使用',
    en: 'The number {number} is in use by a subscriber of another service type.',
  },
  NUMBER_NOT_FREE: { zh: '号码 {number} 现在不是空闲状态，请另选', en: 'The number {number} is not free now; choose another.' },
  NONE_FREE: { zh: '该号池没有符合条件的空闲号码', en: 'The pool has no free number that fits.' },
  NONE_CHOSEN: { zh: '没有符合条件的空闲号码', en: 'There is no free number that fits.' },
  NONE_SEEN: {
    zh: '已查看 {count} 个号码，未见符合条件的空闲号码，请给出号头或更长的尾号',
    en: 'Of the {count} numbers that were looked at none is free and fits: give a head, or more of the tail.',
  },
  NUMBER_OR_POOL: { zh: '请指定一个号码或一个号池，二者选一', en: 'Give either a number or a pool.' },
  MINUTES_INVALID: { zh: '预占时长须为 1 至 {max} 分钟', en: 'A number is reserved for 1 to {max} minutes.' },
  TOO_MANY_HELD: {
    zh: '您已预占 {max} 个号码，请先释放或使用',
    en: 'You hold {max} reserved numbers already; release or use some first.',
  },
  STAFF_ONLY: { zh: '只有员工可以在柜台预占号码', en: 'Only a member of staff reserves numbers at a counter.' },
  HELD_BY_ANOTHER: { zh: '号码 {number} 由他人预占', en: 'The number {number} is reserved by someone else.' },
  STATE_REFUSES: { zh: '号码 {number} 当前状态为{state}，不能进行此操作', en: 'The number {number} is {state}: this cannot be done.' },
  POOL_MISSING: {
    zh: '该组织没有该业务的在用号池，不能携入',
    en: 'That organisation has no active pool of this line of business to port a number into.',
  },
} as const;

export type NumberRefusal = keyof typeof NUMBER_REFUSALS;

export const refuseNumber = refusalsOf<NumberRefusal>(NUMBER_REFUSALS, { STATE_REFUSES: { state: NUMBER_STATE_WORDS } });
