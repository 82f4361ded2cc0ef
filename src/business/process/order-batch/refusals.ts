import { refusalsOf, type WordsOf } from '../../../kernel/result';
import { STANDARD_REFUSALS } from '../../../kernel/standard-refusals';
import type { UnreadableRow } from '../party-import';
import { BATCH_KIND_WORDS } from './row-asked';

/** Why a batch as a whole says no. */
export const BATCH_REFUSALS = {
  ...STANDARD_REFUSALS,
  ORGANISATION_NOT_FOUND: {
    zh: '受理组织不存在，或您在该组织没有批量受理权限',
    en: 'The accepting organisation does not exist, or you may not accept batches there.',
  },
  ORGANISATION_CLOSED: { zh: '该组织已关闭，不能再受理业务', en: 'That organisation is closed and accepts no orders.' },
  LINES_REFUSED: {
    zh: '文件中有您无权批量受理的业务，请分开提交',
    en: 'The file is about lines of business of which you may not accept batches: give these in a file of their own.',
  },
  CUSTOMER_NOT_FOUND: { zh: '客户不存在，或不在您的管理范围内', en: 'There is no such customer, or it lies outside your scope.' },
  CUSTOMER_NOT_ACTIVE: { zh: '该客户已销户或已合并', en: 'That customer is closed or was merged into another.' },
  ACCOUNT_NOT_FOUND: { zh: '账户不存在，或不在您的管理范围内', en: 'There is no such account, or it lies outside your scope.' },
  ACCOUNT_NOT_ACTIVE: { zh: '该账户已销户或已合并', en: 'That account is closed or was merged into another.' },
  ACCOUNT_NOT_THEIRS: { zh: '该账户不属于所指客户', en: 'That account is not the customer’s.' },
  COLUMN_UNKNOWN: { zh: '文件中有未知的列：{columns}', en: 'The file has columns that are not known: {columns}.' },
  COLUMN_TWICE: { zh: '列 {column} 出现两次', en: 'The column {column} is there twice.' },
  COLUMN_MISSING: { zh: '文件缺少列：{columns}', en: 'The file lacks the columns {columns}.' },
  ROWS_NEEDED: { zh: '文件中没有数据行', en: 'The file has no rows.' },
  BATCH_ENDED: { zh: '该批次已处理完成', en: 'This batch has been worked through.' },
  BATCH_TAKEN_OVER: { zh: '该批次已被停止或由另一进程接手', en: 'This batch was stopped, or another process has taken it over.' },
  NOTHING_TO_PAY: { zh: '该批次没有待缴费用', en: 'There is nothing to pay for this batch.' },
  AMOUNT_WRONG: { zh: '缴费金额须大于零，且不超过 {due}', en: 'The amount must lie above zero, and be {due} at most.' },
  PAYMENT_UNDER_WAY: { zh: '该批次的上一笔缴费仍在分摊', en: 'The payment before is still being split.' },
  REFERENCE_TAKEN: { zh: '该凭证号已被使用', en: 'A payment with that reference was recorded already.' },
} as const;

export type BatchRefusal = keyof typeof BATCH_REFUSALS;

export const refuseBatch = refusalsOf<BatchRefusal>(BATCH_REFUSALS);

/** Why a row cannot be read as an order, or broke off, beside the refusals of orders. */
export const BATCH_ROW_REFUSALS = {
  ROW_UNREADABLE: { zh: '该行无法读取：{reason}', en: 'The row cannot be read: {reason}.' },
  CELL_NEEDED: { zh: '受理类型“{kind}”须填写此列', en: 'An order of the kind {kind} needs this column.' },
  CELL_NOT_ALLOWED: { zh: '受理类型“{kind}”不能填写此列', en: 'An order of the kind {kind} says nothing in this column.' },
  CELL_TOO_LONG: { zh: '此列最多 {max} 个字符', en: 'This column may have at most {max} characters.' },
  CELL_CHARACTERS: { zh: '此列含有不可见的控制字符', en: 'This column holds control characters.' },
  KIND_UNKNOWN: { zh: '受理类型须为：{kinds}', en: 'The kind must be one of: {kinds}.' },
  WORD_UNKNOWN: { zh: '取值须为：{words}', en: 'The value must be one of: {words}.' },
  PRODUCTS_INVALID: {
    zh: '产品须写作 编码 或 编码*数量，以分号分隔',
    en: 'Products are written CODE or CODE*QUANTITY, with semicolons between.',
  },
  DATE_INVALID: { zh: '日期须写作 2026-11-21', en: 'A date is written 2026-11-21.' },
  ATTRIBUTES_INVALID: { zh: '属性须为 JSON 对象', en: 'Attributes are a JSON object.' },
  NUMBER_TWICE: { zh: '号码与本文件第 {row} 行重复', en: 'Row {row} of this file is about the same number.' },
  GROUP_INCOMPLETE: {
    zh: '同组办理融合套餐须同时填写组号、融合套餐和成员角色',
    en: 'Rows that are a bundle together need its group, its bundle and their role.',
  },
  GROUP_DIFFERS: { zh: '此列须与同组第 {row} 行一致', en: 'This column must say the same as in row {row} of its group.' },
  GROUP_TOO_LARGE: { zh: '同组最多 {max} 行', en: 'A group may have at most {max} rows.' },
  GROUP_REFUSED: {
    zh: '同组第 {row} 行不能受理，整组均未受理',
    en: 'Row {row} of its group cannot be accepted, and so none of the group is.',
  },
  ROW_BROKEN: {
    zh: '处理该行时发生系统错误（{trace}），请稍后重试',
    en: 'The row broke off by a fault of the system ({trace}); try it again.',
  },
} as const;

export type BatchRowRefusal = keyof typeof BATCH_ROW_REFUSALS;

/** Why a row is none. */
const UNREADABLE_WORDS: WordsOf<UnreadableRow['problem']['code']> = {
  ENCODING_INVALID: { zh: '编码不符', en: 'it is not in the encoding of the file' },
  ROW_TOO_LONG: { zh: '行过长', en: 'it is too long' },
  ROW_MALFORMED: { zh: '引号不成对或格式有误', en: 'its quotes do not pair, or it is malformed otherwise' },
  EXTRA_FIELDS: { zh: '列数多于表头', en: 'it has more cells than the head' },
};

export const refuseBatchRow = refusalsOf<BatchRowRefusal>(BATCH_ROW_REFUSALS, {
  ROW_UNREADABLE: { reason: UNREADABLE_WORDS },
  CELL_NEEDED: { kind: BATCH_KIND_WORDS },
  CELL_NOT_ALLOWED: { kind: BATCH_KIND_WORDS },
});
