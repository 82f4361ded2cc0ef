import type { Occupant } from '../../../../data/operation/organisation/write-organisation';
import { refusalsOf, type WordsOf } from '../../../../kernel/result';
import { STANDARD_REFUSALS } from '../../../../kernel/standard-refusals';

/** Why the organisation component says no. */
export const ORGANISATION_REFUSALS = {
  ...STANDARD_REFUSALS,
  ORGANISATION_NOT_FOUND: {
    zh: '上级组织不存在，或您在该组织没有所需权限',
    en: 'The parent organisation does not exist, or lies outside your scope.',
  },
  ORGANISATION_CLOSED: { zh: '上级组织已关闭', en: 'The parent organisation is closed.' },
  CODE_INVALID: {
    zh: '组织编码须为 1 至 32 位大写字母、数字、点、横线或下划线，以字母或数字开头',
    en: 'A code has 1 to 32 capital letters, digits, dots, hyphens or underscores, and begins with a letter or digit.',
  },
  CODE_TAKEN: { zh: '该组织编码已被使用', en: 'That code is already in use.' },
  TAX_NUMBER_INVALID: { zh: '税号须为 15 至 20 位数字或大写字母', en: 'A tax number has 15 to 20 digits or capital letters.' },
  KIND_OF_ROOT: { zh: '只有根节点是运营商，且根节点的类型不能改变', en: 'The root, and only the root, is the operator.' },
  ROOT_FIXED: { zh: '根节点不能移动或关闭', en: 'The root can be neither moved nor closed.' },
  ALREADY_FOUNDED: { zh: '运营商已建立', en: 'The operator has been founded already.' },
  BELOW_ITSELF: { zh: '不能移到自身或其下级组织之下', en: 'A node cannot be moved below itself.' },
  TREE_TOO_DEEP: { zh: '组织层级最多 {max} 层', en: 'The tree may have at most {max} levels.' },
  STILL_IN_USE: {
    zh: '该组织下仍有在用的{occupants}，不能关闭',
    en: 'The organisation still manages what is in use ({occupants}) and cannot be closed.',
  },
  PARAMETER_INVALID: { zh: '参数值无效：{reason}', en: 'The value of the parameter is not valid: {reason}.' },
  CURRENCY_FIXED: { zh: '已有账户，不能再改变币种', en: 'The currency stands once an account has been opened.' },
} as const;

/** What a node still manages. */
const OCCUPANT_WORDS: WordsOf<Occupant> = {
  NODE: { zh: '下级组织', en: 'nodes below it' },
  STAFF: { zh: '员工', en: 'staff' },
  API_CLIENT: { zh: '接口客户端', en: 'API clients' },
  NUMBER_POOL: { zh: '号池', en: 'pools of numbers' },
  CUSTOMER: { zh: '客户', en: 'customers' },
  ACCOUNT: { zh: '账户', en: 'accounts' },
  SUBSCRIBER: { zh: '用户', en: 'subscribers' },
  PRODUCT: { zh: '产品', en: 'products' },
  DISCOUNT: { zh: '优惠', en: 'discounts' },
};

export type OrganisationRefusal = keyof typeof ORGANISATION_REFUSALS;

export const refuseOrganisation = refusalsOf<OrganisationRefusal>(ORGANISATION_REFUSALS, { STILL_IN_USE: { occupants: OCCUPANT_WORDS } });
