export {
  CUSTOMER_GRADES,
  CUSTOMER_KINDS,
  CUSTOMER_STATUSES,
  type Customer,
  type CustomerGrade,
  type CustomerKind,
  type CustomerStatus,
} from '../../../data/operation/customer/customer';
export {
  CONTACT_KINDS,
  DOCUMENT_KINDS,
  RELATION_KINDS,
  selectContacts,
  selectDocuments,
  selectManagers,
  selectRelations,
  selectRelationsBetween,
  type ContactKind,
  type CustomerContact,
  type CustomerDocument,
  type CustomerManager,
  type CustomerRelation,
  type DocumentKind,
  type RelationKind,
} from '../../../data/operation/customer/customer-facts';
export { searchCustomers, selectCustomersById, type CustomerFilter } from '../../../data/operation/customer/select-customers';
export {
  selectPersonalData,
  type ClearContact,
  type ClearDocument,
  type PersonalData,
} from '../../../data/operation/customer/select-personal-data';
export { lockCustomers, type LockedCustomer } from '../../../data/operation/customer/write-customer';
export { addCustomerContact, type AddCustomerContactInput } from './add-customer-contact';
export { addCustomerDocument, type AddCustomerDocumentInput } from './add-customer-document';
export { assignCustomerManager, type AssignCustomerManagerInput } from './assign-customer-manager';
export { changeCustomer, type ChangeCustomerInput } from './change-customer';
export { closeUnusedCustomer } from './close-unused-customer';
export { createCustomer, type CreateCustomerInput } from './create-customer';
export { createCustomers, customerProblems, type NewCustomerInput } from './create-customers';
export { customerToChange, type CustomerChange } from './customer-to-change';
export { endCustomerContact, type EndCustomerContactInput } from './end-customer-contact';
export { endCustomerDocument, type EndCustomerDocumentInput } from './end-customer-document';
export { endCustomerRelation, type EndCustomerRelationInput } from './end-customer-relation';
export { holdActiveCustomers, type HeldCustomerRefusal } from './hold-active-customers';
export { holdCustomers } from './hold-customers';
export { holdNames } from './hold-names';
export { customersToMerge, mergeIntoCustomer, type CustomersToMerge, type MergeCustomersInput } from './merge-into-customer';
export { creditCodeCheckLetter, residentCheckLetter } from './model/identity-document';
export type { ContactInput, DocumentInput } from './model/inputs';
export { givesNameAway, type NamedCustomer } from './named-customer';
export { PERSONAL_FIELDS, type PersonalField } from './model/personal-field';
export { CUSTOMER_REFUSALS, refuseCustomer, type CustomerRefusal } from './model/refusals';
export { recordRevelation, type RevealPersonalDataInput } from './record-revelation';
export { relateCustomers, type RelateCustomersInput } from './relate-customers';
export { isRealName } from './is-real-name';
