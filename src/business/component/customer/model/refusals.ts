import { refusalsOf } from '../../../../kernel/result';
import { STANDARD_REFUSALS } from '../../../../kernel/standard-refusals';

/** Why the customer component says no. */
export const CUSTOMER_REFUSALS = {
  ...STANDARD_REFUSALS,
  ORGANISATION_NOT_FOUND: {
    zh: '管理组织不存在，或您在该组织没有所需权限',
    en: 'The managing organisation does not exist, or lies outside your scope.',
  },
  ORGANISATION_CLOSED: { zh: '该组织已关闭，不能再管理客户', en: 'That organisation is closed and can manage no customers.' },
  DOCUMENT_INVALID: { zh: '证件号码格式或校验位不正确', en: 'The document number is malformed, or its check digit is wrong.' },
  DOCUMENT_EXISTS: { zh: '该客户在此期间已登记相同证件', en: 'The customer already has this document for that time.' },
  CONTACT_INVALID: { zh: '联系方式格式不正确', en: 'The contact is malformed.' },
  RELATION_TO_ITSELF: { zh: '客户不能与自身建立关系', en: 'A customer cannot be related to itself.' },
  RELATION_CYCLE: { zh: '上级客户不能是其下级客户', en: 'A parent customer cannot be below its own child.' },
  RELATION_EXISTS: {
    zh: '该期间已存在相同关系，或已有上级客户',
    en: 'That relation already exists for that time, or the customer already has a parent.',
  },
  FACT_NOT_FOUND: { zh: '该客户当时没有此项证件、联系方式或关系', en: 'The customer has no such document, contact or relation then.' },
  MANAGER_NOT_FOUND: { zh: '客户经理不存在或已停用', en: 'There is no such active member of staff to manage the customer.' },
  KIND_PERSONAL: {
    zh: '个人、家庭客户与政府、企业客户之间不能互改类型，请新建客户，再将账户和用户转至新客户',
    en: 'A person or household cannot become a government body or enterprise, nor the other way round: open a new customer and transfer to it.',
  },
  KIND_DIFFERS: { zh: '两个客户类型不同，不能合并', en: 'Customers of different kinds cannot be merged.' },
  STILL_IN_USE: {
    zh: '客户名下仍有在用账户或用户，不能销户',
    en: 'The customer still has open accounts or subscribers and cannot be closed.',
  },
  MERGED_WITH_ITSELF: { zh: '客户不能与自身合并', en: 'A customer cannot be merged with itself.' },
  REVEAL_EXPIRED: { zh: '此次查看已过期，请以新的请求重新查看', en: 'This look at personal data is over: ask again with a new key.' },
  FIELDS_NEEDED: { zh: '须指明要查看的内容', en: 'Say what is to be seen.' },
  REASON_NEEDED: { zh: '查看完整个人信息须填写原因', en: 'Seeing personal data in clear needs a reason.' },
} as const;

export type CustomerRefusal = keyof typeof CUSTOMER_REFUSALS;

export const refuseCustomer = refusalsOf<CustomerRefusal>(CUSTOMER_REFUSALS);
