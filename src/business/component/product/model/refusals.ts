import { refusalsOf } from '../../../../kernel/result';
import { STANDARD_REFUSALS } from '../../../../kernel/standard-refusals';
import { VERSION_STATE_WORDS } from './state-words';

/** What can be wrong with any document of the catalogue, a product's or a discount's, told by the path of the part. */
export const DOCUMENT_REFUSALS = {
  FIELD_MISSING: { zh: '缺少此项', en: 'This is missing.' },
  FIELD_UNKNOWN: { zh: '不应有此项', en: 'This does not belong here.' },
  FIELD_MALFORMED: { zh: '此项格式不正确', en: 'This does not have the form that is expected here.' },
  VALUE_UNKNOWN: { zh: '此项只能是 {allowed}', en: 'This must be one of {allowed}.' },
  TOO_FEW: { zh: '至少 {min} 项', en: 'At least {min} are needed.' },
  NUMBER_TOO_SMALL: { zh: '不能小于 {min}', en: 'This must be at least {min}.' },
  NUMBER_TOO_LARGE: { zh: '不能大于 {max}', en: 'This must be at most {max}.' },
  CODE_INVALID: {
    zh: '编码须以大写字母或数字开头，由大写字母、数字、点、横线和下划线组成，最多 40 位',
    en: 'A code has 1 to 40 capital letters, digits, dots, hyphens or underscores, and begins with a letter or digit.',
  },
  AMOUNT_INVALID: {
    zh: '金额须为不小于零的 {currency} 金额，如 "30.00"，不得超过该币种的最小单位',
    en: 'This must be an amount of {currency} such as "30.00", not below zero and no finer than the currency.',
  },
  CURRENCY_WRONG: { zh: '金额须为 {currency}', en: 'Amounts must be in {currency}.' },
  GIVEN_TWICE: { zh: '{value} 重复', en: '{value} is given twice.' },
  LEAST_ABOVE_MOST: { zh: '须满足：最少 ≤ 默认 ≤ 最多', en: 'The least, the standard and the most must stand in this order.' },
  CHARGE_CODE_UNKNOWN: { zh: '账目项 {code} 不存在', en: 'There is no charge code {code}.' },
  CHARGE_CODE_NOT_IN_FORCE: { zh: '账目项 {code} 此时未生效', en: 'Charge code {code} is not in force at that time.' },
  CHARGE_CODE_OF_OTHER_SERVICE: {
    zh: '账目项 {code} 属于其他业务类型',
    en: 'Charge code {code} is of another service type.',
  },
  CHARGE_CODE_OF_OTHER_KIND: {
    zh: '账目项 {code} 的费用类型是{kind}，不能用于此处',
    en: 'Charge code {code} is for charges of kind {kind} and cannot be used here.',
  },
  PRODUCT_UNKNOWN: {
    zh: '产品 {code} 不存在，或不在本节点及其上级销售',
    en: 'There is no product {code} that belongs to this node or to one above it.',
  },
  ORGANISATION_UNKNOWN: { zh: '组织 {code} 不在本产品的销售范围内', en: 'There is no organisation {code} at or below this node.' },
  USAGE_KIND_UNKNOWN: { zh: '该业务类型没有使用量类型 {kind}', en: 'The service type has no usage kind {kind}.' },
  CONTRADICTION: { zh: '{code} 既要求又排斥', en: '{code} is both demanded and excluded.' },
} as const;

/** Why a version cannot be made, changed or moved. */
export const VERSION_REFUSALS = {
  ORGANISATION_NOT_FOUND: {
    zh: '所属组织不存在，或您在该组织没有该业务的权限',
    en: 'The organisation does not exist, or you lack the permission for this line of business there.',
  },
  ORGANISATION_CLOSED: { zh: '该组织已关闭', en: 'That organisation is closed.' },
  CODE_TAKEN: { zh: '该编码已被使用', en: 'That code is already in use.' },
  SERVICE_TYPE_NOT_FOUND: { zh: '业务类型不存在', en: 'There is no such service type.' },
  DRAFT_EXISTS: {
    zh: '已有草稿或测试中的版本，请先完成或作废',
    en: 'A version is already being drafted or tested; finish it or give it up first.',
  },
  NOTHING_TO_COPY: { zh: '尚无版本可复制，请给出内容', en: 'There is no version to copy yet: say what it holds.' },
  DEFINITION_OF_OTHER_KIND: { zh: '内容与产品类型不符', en: 'What is given does not fit the kind of product.' },
  NOT_A_DRAFT: { zh: '版本状态为{state}，内容不能再修改', en: 'The version is {state}: what it says is never changed.' },
  MOVE_REFUSED: { zh: '版本不能从{state}变为{to}', en: 'A version cannot go from {state} to {to}.' },
  IN_THE_PAST: { zh: '生效时间不能早于现在', en: 'It cannot take effect in the past.' },
  NOT_SCHEDULED: { zh: '此操作只能立即生效', en: 'This takes effect at once and cannot be planned.' },
} as const;

/** In which words the codes are told in these sentences. */
export const VERSION_VOCABULARY = {
  NOT_A_DRAFT: { state: VERSION_STATE_WORDS },
  MOVE_REFUSED: { state: VERSION_STATE_WORDS, to: VERSION_STATE_WORDS },
} as const;

/** Why the product component says no. */
export const PRODUCT_REFUSALS = {
  ...STANDARD_REFUSALS,
  ...DOCUMENT_REFUSALS,
  ...VERSION_REFUSALS,
  SERVICE_TYPE_NEEDED: { zh: '单产品须指定业务类型', en: 'A plan or an add-on needs a service type.' },
  SERVICE_TYPE_OF_BUNDLE: { zh: '套餐跨业务，不能指定业务类型', en: 'A bundle is of several lines of business and names none.' },
  LAST_PHASE_CLOSED: { zh: '最后一段价格不能有期数', en: 'The last phase has no end.' },
  PHASE_OPEN: { zh: '除最后一段外，每段价格须有期数', en: 'Every phase but the last needs a number of periods.' },
  DAYS_MISMATCH: { zh: '按天计的期限须给出天数，其他期限不能', en: 'A span in DAYS needs days, another has none.' },
  AMOUNT_MISMATCH: {
    zh: '替代价须给出金额，其他方式不能',
    en: 'A REPLACEMENT needs an amount; the others have none.',
  },
  SHARES_EMPTY: { zh: '成员分摊权重之和须大于零', en: 'The shares of the members must sum to more than zero.' },
  ROLE_UNKNOWN: { zh: '套餐中没有成员角色 {role}', en: 'The bundle has no role {role}.' },
  MEMBER_OF_SEVERAL_SERVICES: { zh: '同一角色的产品须属同一业务类型', en: 'The products of one role must be of one service type.' },
  MEMBER_IS_BUNDLE: { zh: '{code} 是套餐，不能作为套餐成员', en: '{code} is a bundle and cannot be a member of one.' },
  MEMBER_NOT_SOLD: { zh: '成员产品 {code} 尚未发布', en: 'The member product {code} has not been released.' },
  NO_RECURRING_PRICE: {
    zh: '改价须针对周期性价格，而本套餐没有',
    en: 'REPRICE needs a recurring price, and the bundle has none.',
  },
  MONTHS_MISMATCH: { zh: '违约金按月表的月数不能超过合约期', en: 'The table by month may not be longer than the term.' },
  NOT_OFFERED_THERE: { zh: '该产品不在该组织销售', en: 'The product belongs to a node below that organisation, and is not sold there.' },
  PRICE_UNKNOWN: { zh: '当前版本没有价格 {code}', en: 'The version in sale has no price {code}.' },
  NO_PRICE_AUTHORITY: { zh: '价格 {code} 不允许下级调整', en: 'Price {code} may not be changed at a lower node.' },
  BEYOND_PRICE_AUTHORITY: {
    zh: '价格 {code} 须在 {least} 至 {most} 之间',
    en: 'Price {code} must stay between {least} and {most}.',
  },
  AMOUNTS_MISMATCH: { zh: '价格 {code} 须给出 {count} 个金额', en: 'Price {code} needs {count} amounts.' },
  NOT_IN_SALE: { zh: '该产品此时没有在售版本', en: 'No version of the product is sold at that time.' },
} as const;

export type ProductRefusal = keyof typeof PRODUCT_REFUSALS;
/** What a discount's document can be refused for too. */
export type DocumentRefusal = keyof typeof DOCUMENT_REFUSALS | keyof typeof STANDARD_REFUSALS;

export const refuseProduct = refusalsOf<ProductRefusal>(PRODUCT_REFUSALS, VERSION_VOCABULARY);
