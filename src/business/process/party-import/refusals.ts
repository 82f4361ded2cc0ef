import { refusalsOf } from '../../../kernel/result';
import { STANDARD_REFUSALS } from '../../../kernel/standard-refusals';
import type { OrderRefusal } from '../../component/order';
import type { BulkOpeningRefusal } from '../bulk-opening';

/** Why an import as a whole says no. */
export const IMPORT_REFUSALS = {
  ...STANDARD_REFUSALS,
  ORGANISATION_NOT_FOUND: {
    zh: '管理组织不存在，或您在该组织没有导入权限',
    en: 'The organisation does not exist, or you may not import there.',
  },
  OUTSIDE_SCOPE: {
    zh: '导入须在该组织拥有全部业务线的导入权限，您的权限仅限部分业务线',
    en: 'An import needs import:run for all lines of business at the organisation; yours holds for some of them only.',
  },
  ORGANISATION_CLOSED: { zh: '该组织已关闭，不能导入', en: 'That organisation is closed: nothing can be imported there.' },
  MAPPING_INVALID: { zh: '映射文件 {place} 处有误：{reason}', en: 'The mapping is wrong at {place}: {reason}.' },
  COLUMNS_MISSING: { zh: '文件缺少映射所需的列：{columns}', en: 'The file lacks columns that the mapping names: {columns}.' },
  IMPORT_UNDER_WAY: { zh: '该文件正由另一进程导入', en: 'Another process is importing this file.' },
  IMPORT_TAKEN_OVER: { zh: '该导入任务已被停止或由另一进程接手', en: 'This import was stopped, or another process has taken it over.' },
  IMPORT_ENDED: { zh: '该导入任务已结束', en: 'This import has ended.' },
  IDENTIFIERS_RACED: { zh: '导入期间有号码被他人占用，请重试', en: 'Numbers were taken by others during the import; try again.' },
} as const;

export type ImportRefusal = keyof typeof IMPORT_REFUSALS;

export const refuseImport = refusalsOf<ImportRefusal>(IMPORT_REFUSALS);

/** Why a row is rejected, beside the reasons of the components. */
export const ROW_REFUSALS = {
  ENCODING_INVALID: { zh: '该行不是有效的 {encoding} 编码', en: 'The row is not valid {encoding}.' },
  ROW_TOO_LONG: { zh: '该行超过 {max} 字节', en: 'The row is longer than {max} bytes.' },
  ROW_MALFORMED: { zh: '该行无法解析：{reason}', en: 'The row cannot be read: {reason}.' },
  EXTRA_FIELDS: {
    zh: '该行有 {fields} 个字段，文件头只有 {columns} 列',
    en: 'The row has {fields} fields, the head of the file only {columns}.',
  },
  MISSING_FIELD: { zh: '缺少必填字段', en: 'The field is missing.' },
  CHARACTER_INVALID: { zh: '含有无法存储的字符', en: 'The field holds a character that cannot be stored.' },
  FIELD_TOO_LONG: { zh: '该字段最多 {max} 个字符', en: 'The field may have at most {max} characters.' },
  WRONG_VALUE: { zh: '取值须为：{values}', en: 'The value must be one of: {values}.' },
  NOT_A_NUMBER: { zh: '须为{form}', en: 'The value must be {form}.' },
  DUPLICATE_KEY: { zh: '行键与本文件第 {row} 行重复', en: 'Row {row} of this file has the same key.' },
  ROW_CHANGED: { zh: '此前已导入相同行键但内容不同的行', en: 'A row with this key was imported before, with another content.' },
  ORGANISATION_UNKNOWN: {
    zh: '组织编码不存在，或不在导入任务的组织之下',
    en: 'There is no such organisation at or below that of the import.',
  },
  IDENTIFIER_EXHAUSTED: { zh: '无法生成未被占用的号码', en: 'No free number could be generated.' },
} as const;

export type RowRefusal = keyof typeof ROW_REFUSALS | BulkOpeningRefusal | OrderRefusal;

export const refuseRow = refusalsOf<keyof typeof ROW_REFUSALS>(ROW_REFUSALS);
