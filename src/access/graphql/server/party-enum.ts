import { ACCOUNT_STATUSES, PAYERS, PAYMENT_METHODS, RATING_TYPES } from '../../../business/component/account';
import { CONTACT_KINDS, CUSTOMER_GRADES, CUSTOMER_KINDS, CUSTOMER_STATUSES, DOCUMENT_KINDS, RELATION_KINDS } from '../../../business/component/customer';
import { CUSTOMER_ROLES, IDENTIFIER_KINDS, STOP_REASONS, SUBSCRIBER_STATUSES } from '../../../business/component/subscriber';
import { enumOf } from './enum';

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
export const CustomerGradeEnum = enumOf('CustomerGrade', CUSTOMER_GRADES, { description: '客户等级' });
export const CustomerStatusEnum = enumOf('CustomerStatus', CUSTOMER_STATUSES);
export const DocumentKindEnum = enumOf('IdentityDocumentKind', DOCUMENT_KINDS, { description: '证件类型' });
export const ContactKindEnum = enumOf('ContactKind', CONTACT_KINDS);
export const RelationKindEnum = enumOf('CustomerRelationKind', RELATION_KINDS);

export const RatingTypeEnum = enumOf('RatingType', RATING_TYPES, {
  description: '付费方式 (TMF666 ratingType)',
  meanings: { PREPAID: { zh: '预付费', en: 'Paid before use.' }, POSTPAID: { zh: '后付费', en: 'Paid by bill.' } },
});
export const PaymentMethodEnum = enumOf('PaymentMethod', PAYMENT_METHODS, {
  meanings: {
    CASH: { zh: '现金', en: 'Cash at the counter.' },
    BANK_TRANSFER: { zh: '银行转账', en: 'Transfer by the payer.' },
    BANK_COLLECTION: { zh: '银行代扣', en: 'Collected by the bank.' },
    CARD: { zh: '银行卡', en: 'Debit or credit card.' },
    CHEQUE: { zh: '支票', en: 'Cheque.' },
    ONLINE: { zh: '网上支付', en: 'Online payment.' },
  },
});
export const AccountStatusEnum = enumOf('AccountStatus', ACCOUNT_STATUSES);
export const PayerEnum = enumOf('Payer', PAYERS, {
  meanings: { SELF: { zh: '自付', en: 'The account pays for itself.' }, PARENT: { zh: '上级代付', en: 'The parent account pays.' } },
});

export const SubscriberStatusEnum = enumOf('SubscriberStatus', SUBSCRIBER_STATUSES, { description: 'The states of a product, in the words of TMF637.' });
export const IdentifierKindEnum = enumOf('IdentifierKind', IDENTIFIER_KINDS);
export const CustomerRoleEnum = enumOf('CustomerRole', CUSTOMER_ROLES, {
  meanings: {
    OWNER: { zh: '产权客户', en: 'Who ordered the service.' },
    USER: { zh: '使用客户', en: 'Who uses it.' },
    PAYER: { zh: '付费客户', en: 'Who pays for it.' },
  },
});
export const StopReasonEnum = enumOf('StopReason', STOP_REASONS, {
  description: '停机原因. Each is independent: the service resumes when none is left.',
  meanings: {
    CUSTOMER_REQUEST: { zh: '客户申请停机', en: 'At the customer’s request.' },
    LOSS: { zh: '挂失', en: 'Reported lost.' },
    ARREARS_ONE_WAY: { zh: '欠费单停', en: 'Arrears: cannot originate, can receive.' },
    ARREARS_TWO_WAY: { zh: '欠费双停', en: 'Arrears: neither.' },
    VIOLATION: { zh: '违章停机', en: 'Violation of terms.' },
    REGULATOR: { zh: '管局停机', en: 'Ordered by the regulator.' },
    HIGH_USAGE: { zh: '高额停机', en: 'Unusually high usage.' },
  },
});
