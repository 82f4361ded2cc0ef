import type { Verb } from '../verb';
import { addPaymentRelationVerb } from './add-payment-relation';
import { assignCustomerManagerVerb } from './assign-customer-manager';
import { assignSubscriberCustomerVerb } from './assign-subscriber-customer';
import { changeAccountVerb } from './change-account';
import { changeAccountCurrencyVerb } from './change-account-currency';
import { changeBillingDayVerb } from './change-billing-day';
import { changeCustomerVerb } from './change-customer';
import { changeIdentifierVerb } from './change-identifier';
import { changeOperatorParameterVerb } from './change-operator-parameter';
import { changeOrganisationVerb } from './change-organisation';
import { changePaymentRelationVerb } from './change-payment-relation';
import { changeSubscriberVerb } from './change-subscriber';
import { closeAccountVerb } from './close-account';
import { closeCustomerVerb } from './close-customer';
import { closeOrganisationVerb } from './close-organisation';
import { createAccountVerb } from './create-account';
import { createCustomerVerb } from './create-customer';
import { createOrganisationVerb } from './create-organisation';
import { createProductVerb } from './create-product';
import { createStaffVerb } from './create-staff';
import { draftProductVersionVerb } from './draft-product-version';
import { endCustomerRelationVerb } from './end-customer-relation';
import { endParentAccountVerb } from './end-parent-account';
import { endPaymentRelationVerb } from './end-payment-relation';
import { grantRoleVerb } from './grant-role';
import { mergeAccountsVerb } from './merge-accounts';
import { mergeCustomersVerb } from './merge-customers';
import { moveOrganisationVerb } from './move-organisation';
import { moveProductVersionVerb } from './move-product-version';
import { openSubscriberVerb } from './open-subscriber';
import { registerChargeCodeVerb } from './register-charge-code';
import { registerTaxCategoryVerb } from './register-tax-category';
import { relateCustomersVerb } from './relate-customers';
import { releaseProductVerb } from './release-product';
import { resumeSubscriberVerb } from './resume-subscriber';
import { sellProductVerb } from './sell-product';
import { setDefaultPaymentRelationVerb } from './set-default-payment-relation';
import { setParentAccountVerb } from './set-parent-account';
import { setTaxRateVerb } from './set-tax-rate';
import { splitAccountVerb } from './split-account';
import { stopSubscriberVerb } from './stop-subscriber';
import { terminateSubscriberVerb } from './terminate-subscriber';

/** Every verb, in the order of the nouns: what a file lists before its timeline is brought in this order. */
export const VERBS: readonly Verb[] = [
  createOrganisationVerb,
  changeOrganisationVerb,
  moveOrganisationVerb,
  closeOrganisationVerb,
  changeOperatorParameterVerb,
  createStaffVerb,
  grantRoleVerb,
  registerTaxCategoryVerb,
  setTaxRateVerb,
  registerChargeCodeVerb,
  createCustomerVerb,
  changeCustomerVerb,
  closeCustomerVerb,
  relateCustomersVerb,
  endCustomerRelationVerb,
  assignCustomerManagerVerb,
  mergeCustomersVerb,
  createAccountVerb,
  changeAccountVerb,
  changeAccountCurrencyVerb,
  changeBillingDayVerb,
  setParentAccountVerb,
  endParentAccountVerb,
  mergeAccountsVerb,
  splitAccountVerb,
  closeAccountVerb,
  openSubscriberVerb,
  changeSubscriberVerb,
  stopSubscriberVerb,
  resumeSubscriberVerb,
  terminateSubscriberVerb,
  changeIdentifierVerb,
  assignSubscriberCustomerVerb,
  setDefaultPaymentRelationVerb,
  addPaymentRelationVerb,
  changePaymentRelationVerb,
  endPaymentRelationVerb,
  sellProductVerb,
  createProductVerb,
  draftProductVersionVerb,
  moveProductVersionVerb,
  releaseProductVerb,
];
