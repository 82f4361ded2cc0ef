import { ACCOUNT_STATUSES, PAYERS, PAYMENT_METHODS, RATING_TYPES } from '../../../business/component/account';
import {
  CONTACT_KINDS,
  CUSTOMER_GRADES,
  CUSTOMER_KINDS,
  CUSTOMER_STATUSES,
  DOCUMENT_KINDS,
  RELATION_KINDS,
  type DocumentKind,
} from '../../../business/component/customer';
import {
  CUSTOMER_ROLES,
  IDENTIFIER_KINDS,
  STOP_REASON_WORDS,
  STOP_REASONS,
  SUBSCRIBER_STATUS_WORDS,
  SUBSCRIBER_STATUSES,
} from '../../../business/component/subscriber';
import type { Bilingual } from '../../../kernel/result';
import { enumOf, inWords } from './enum';

/*
 * The closed lists of the parties. They are the same words in every contract, so they are registered once; object types are
 * each contract's own.
 */

export const CustomerKindEnum = enumOf('CustomerKind', CUSTOMER_KINDS, {
  description: '客户类型',
  meanings: {
    INDIVIDUAL: { zh: '个人', en: 'A person.' },
    HOUSEHOLD: { zh: '家庭', en: 'A household.' },
    GOVERNMENT: { zh: '政府机关', en: 'A body of government.' },
    ENTERPRISE: { zh: '企业', en: 'An enterprise.' },
  },
});
export const CustomerGradeEnum = enumOf('CustomerGrade', CUSTOMER_GRADES, {
  description: '客户等级',
  meanings: {
    STANDARD: { zh: '普通', en: 'Standard.' },
    SILVER: { zh: '银卡', en: 'Silver.' },
    GOLD: { zh: '金卡', en: 'Gold.' },
    PLATINUM: { zh: '白金卡', en: 'Platinum.' },
    DIAMOND: { zh: '钻石卡', en: 'Diamond.' },
  },
});
export const CustomerStatusEnum = enumOf('CustomerStatus', CUSTOMER_STATUSES, {
  description: '客户状态',
  meanings: {
    ACTIVE: { zh: '在网', en: 'A customer.' },
    CLOSED: { zh: '销户', en: 'No longer one; what it was stays readable.' },
    MERGED: { zh: '已合并', en: 'Part of another customer.' },
  },
});
/** What each kind of document is called, on paper too. */
export const DOCUMENT_KIND_MEANINGS = {
  RESIDENT_ID: { zh: '居民身份证', en: 'Resident identity card (GB 11643).' },
  PASSPORT: { zh: '护照', en: 'Passport.' },
  HOUSEHOLD_REGISTER: { zh: '户口簿', en: 'Household register.' },
  MILITARY_ID: { zh: '军官证', en: 'Military identity card.' },
  BUSINESS_LICENCE: { zh: '营业执照', en: 'Business licence, with its unified social credit code (GB 32100).' },
  ORGANISATION_CODE: { zh: '组织机构代码证', en: 'Organisation code certificate.' },
  OTHER: { zh: '其他', en: 'Another document.' },
} as const satisfies Readonly<Record<DocumentKind, Bilingual>>;
export const DocumentKindEnum = enumOf('IdentityDocumentKind', DOCUMENT_KINDS, {
  description: '证件类型',
  meanings: DOCUMENT_KIND_MEANINGS,
});
export const ContactKindEnum = enumOf('ContactKind', CONTACT_KINDS, {
  description: '联系方式类型',
  meanings: {
    PHONE: { zh: '固定电话', en: 'Telephone.' },
    MOBILE: { zh: '手机', en: 'Mobile telephone.' },
    EMAIL: { zh: '电子邮箱', en: 'E-mail address.' },
    ADDRESS: { zh: '通讯地址', en: 'Postal address.' },
  },
});
export const RelationKindEnum = enumOf('CustomerRelationKind', RELATION_KINDS, {
  description: '客户关系类型: what the related customer is to the customer.',
  meanings: {
    PARENT: { zh: '上级客户', en: 'The customer above it; at most one at any instant.' },
    FAMILY: { zh: '家庭成员', en: 'A member of the family.' },
    EMPLOYER: { zh: '单位', en: 'Who employs it.' },
    AGENT: { zh: '代理人', en: 'Who acts for it.' },
    GUARANTOR: { zh: '担保人', en: 'Who answers for it.' },
  },
});

export const RatingTypeEnum = enumOf('RatingType', RATING_TYPES, {
  description: '付费方式 (TMF666 ratingType)',
  meanings: { PREPAID: { zh: '预付费', en: 'Paid before use.' }, POSTPAID: { zh: '后付费', en: 'Paid by bill.' } },
});
export const PaymentMethodEnum = enumOf('PaymentMethod', PAYMENT_METHODS, {
  description: '缴费方式',
  meanings: {
    CASH: { zh: '现金', en: 'Cash at the counter.' },
    BANK_TRANSFER: { zh: '银行转账', en: 'Transfer by the payer.' },
    BANK_COLLECTION: { zh: '银行代扣', en: 'Collected by the bank.' },
    CARD: { zh: '银行卡', en: 'Debit or credit card.' },
    CHEQUE: { zh: '支票', en: 'Cheque.' },
    ONLINE: { zh: '网上支付', en: 'Online payment.' },
  },
});
export const AccountStatusEnum = enumOf('AccountStatus', ACCOUNT_STATUSES, {
  description: '账户状态',
  meanings: {
    ACTIVE: { zh: '在用', en: 'May pay.' },
    CLOSED: { zh: '销户', en: 'Closed; what it was stays readable.' },
    MERGED: { zh: '已合并', en: 'Part of another account.' },
  },
});
export const PayerEnum = enumOf('Payer', PAYERS, {
  description: 'Who pays the bill of an account that stands below another.',
  meanings: { SELF: { zh: '自付', en: 'The account pays for itself.' }, PARENT: { zh: '上级代付', en: 'The parent account pays.' } },
});

export const SubscriberStatusEnum = enumOf('SubscriberStatus', SUBSCRIBER_STATUSES, {
  description: '用户状态: the states of a product, in the words of TMF637.',
  meanings: inWords(SUBSCRIBER_STATUS_WORDS, {
    created: 'Entered, and nothing done yet.',
    pendingActive: 'Opened ahead 预开户 and not activated yet, or being put in service.',
    active: 'In service.',
    suspended: 'Stopped; the stop reasons say why.',
    pendingTerminate: 'Being taken out of service.',
    terminated: 'Closed.',
    cancelled: 'Withdrawn before it was in service.',
    aborted: 'Could not be put in service.',
  }),
});
export const IdentifierKindEnum = enumOf('IdentifierKind', IDENTIFIER_KINDS, {
  description: '标识类型: what a subscriber is reached or known by.',
  meanings: {
    NUMBER: { zh: '号码', en: 'Access number.' },
    LOGIN: { zh: '登录名', en: 'Log-in name.' },
    SIM: { zh: 'SIM 卡', en: 'SIM card, by its number (ICCID).' },
  },
});
export const CustomerRoleEnum = enumOf('CustomerRole', CUSTOMER_ROLES, {
  description: '客户角色: what a customer is to a subscriber.',
  meanings: {
    OWNER: { zh: '产权客户', en: 'Who ordered the service.' },
    USER: { zh: '使用客户', en: 'Who uses it.' },
    PAYER: { zh: '付费客户', en: 'Who pays for it.' },
  },
});
export const StopReasonEnum = enumOf('StopReason', STOP_REASONS, {
  description: '停机原因. Each is independent: the service resumes when none is left.',
  meanings: inWords(STOP_REASON_WORDS, {
    CUSTOMER_REQUEST: 'At the customer’s request.',
    LOSS: 'Reported lost.',
    ARREARS_ONE_WAY: 'Arrears: cannot originate, can receive.',
    ARREARS_TWO_WAY: 'Arrears: neither.',
    VIOLATION: 'Violation of terms.',
    REGULATOR: 'Ordered by the regulator.',
    HIGH_USAGE: 'Unusually high usage.',
  }),
});
