import { refusalsOf } from '../../../../kernel/result';
import { STANDARD_REFUSALS } from '../../../../kernel/standard-refusals';

/** Why the account component says no. */
export const ACCOUNT_REFUSALS = {
  ...STANDARD_REFUSALS,
  ORGANISATION_NOT_FOUND: {
    zh: '管理组织不存在，或您在该组织没有所需权限',
    en: 'The managing organisation does not exist, or lies outside your scope.',
  },
  ORGANISATION_CLOSED: { zh: '该组织已关闭，不能再管理账户', en: 'That organisation is closed and can manage no accounts.' },
  CUSTOMER_NOT_FOUND: { zh: '客户不存在，或不在您的管理范围内', en: 'There is no such customer, or it lies outside your scope.' },
  CUSTOMER_NOT_ACTIVE: { zh: '该客户已销户或已合并', en: 'That customer is closed or was merged into another.' },
  ACCOUNT_NOT_FOUND: { zh: '账户不存在，或不在您的管理范围内', en: 'There is no such account, or it lies outside your scope.' },
  ACCOUNT_NOT_ACTIVE: { zh: '该账户已销户或已合并', en: 'That account is closed or was merged into another.' },
  NAME_PERSONAL: {
    zh: '账户名称对管理范围内的所有人可见，请勿包含客户姓名',
    en: 'An account’s name is seen by everyone in scope: do not put the customer’s name in it.',
  },
  BILLING_DAY_INVALID: { zh: '账期日须为 1 至 31', en: 'The billing day must be 1 to 31.' },
  IN_THE_PAST: { zh: '生效时间不能早于现在', en: 'It cannot take effect in the past.' },
  CURRENCY_UNKNOWN: { zh: '币种不存在，请使用 ISO 4217 代码', en: 'There is no such currency; use its ISO 4217 code.' },
  CURRENCY_FIXED: { zh: '账户已计费，币种不能再改', en: 'The account has been charged: its currency is fixed.' },
  CURRENCY_DIFFERS: { zh: '账户币种不同', en: 'The accounts differ in currency.' },
  PARENT_IS_ITSELF: { zh: '账户不能是自身的上级账户', en: 'An account cannot be its own parent.' },
  PARENT_CYCLE: { zh: '上级账户不能是其下级账户', en: 'A parent account cannot be below its own child.' },
  NO_PARENT: { zh: '该账户当时没有上级账户', en: 'The account has no parent then.' },
  STILL_PAYING: { zh: '仍有用户由该账户付费，不能销户', en: 'Subscribers are still paid for by this account; it cannot be closed.' },
  STILL_PARENT: { zh: '该账户仍有下级账户，不能销户', en: 'The account still has accounts below it and cannot be closed.' },
  MONEY_LEFT: {
    zh: '该账户仍有欠款、余额或押金，请先结清',
    en: 'The account still owes money, or has money or a deposit on it: settle that first.',
  },
  CUSTOMER_DIFFERS: { zh: '两个账户不属于同一客户，不能合并', en: 'Accounts of different customers cannot be merged.' },
  RATING_TYPE_DIFFERS: { zh: '预付费与后付费账户不能合并', en: 'A prepaid and a postpaid account cannot be merged.' },
  MERGED_WITH_ITSELF: { zh: '账户不能与自身合并', en: 'An account cannot be merged with itself.' },
  NOT_PAID_THROUGH: {
    zh: '该用户不由此账户付费，或不在您的管理范围内',
    en: 'This account does not pay for that subscriber, or it lies outside your scope.',
  },
} as const;

export type AccountRefusal = keyof typeof ACCOUNT_REFUSALS;

export const refuseAccount = refusalsOf<AccountRefusal>(ACCOUNT_REFUSALS);
