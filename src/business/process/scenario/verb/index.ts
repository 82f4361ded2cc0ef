import type { Verb } from '../verb';
import { addNumberRangeVerb } from './add-number-range';
import { addNumbersVerb } from './add-numbers';
import { addPaymentRelationVerb } from './add-payment-relation';
import { amendOrderVerb } from './amend-order';
import { approveOrderVerb } from './approve-order';
import { assignCustomerManagerVerb } from './assign-customer-manager';
import { assignSubscriberCustomerVerb } from './assign-subscriber-customer';
import { cancelOrderVerb } from './cancel-order';
import { changeAccountCurrencyVerb } from './change-account-currency';
import { changeAccountVerb } from './change-account';
import { changeBillingDayVerb } from './change-billing-day';
import { changeCustomerVerb } from './change-customer';
import { changeIdentifierVerb } from './change-identifier';
import { changeOperatorParameterVerb } from './change-operator-parameter';
import { changeOrganisationVerb } from './change-organisation';
import { changePaymentRelationVerb } from './change-payment-relation';
import { changeSubscriberVerb } from './change-subscriber';
import { claimWorkOrderVerb } from './claim-work-order';
import { classifyNumbersVerb } from './classify-numbers';
import { closeAccountVerb } from './close-account';
import { closeCustomerVerb } from './close-customer';
import { closeOrganisationVerb } from './close-organisation';
import { completeWorkOrderVerb } from './complete-work-order';
import { createAccountVerb } from './create-account';
import { createCustomerVerb } from './create-customer';
import { createDiscountVerb } from './create-discount';
import { createNumberClassVerb } from './create-number-class';
import { createNumberPoolVerb } from './create-number-pool';
import { createOrganisationVerb } from './create-organisation';
import { createProductVerb } from './create-product';
import { createStaffVerb } from './create-staff';
import { draftDiscountVersionVerb } from './draft-discount-version';
import { draftProductVersionVerb } from './draft-product-version';
import { endCustomerRelationVerb } from './end-customer-relation';
import { endParentAccountVerb } from './end-parent-account';
import { endPaymentRelationVerb } from './end-payment-relation';
import { failWorkOrderVerb } from './fail-work-order';
import { fillNumberPoolVerb } from './fill-number-pool';
import { grantRoleVerb } from './grant-role';
import { holdNumbersVerb } from './hold-numbers';
import { mergeAccountsVerb } from './merge-accounts';
import { mergeCustomersVerb } from './merge-customers';
import { moveDiscountVersionVerb } from './move-discount-version';
import { moveOrganisationVerb } from './move-organisation';
import { moveProductVersionVerb } from './move-product-version';
import { offerDiscountVerb } from './offer-discount';
import { openSubscriberVerb } from './open-subscriber';
import { orderVerb } from './order';
import { provisionByPeopleVerb } from './provision-by-people';
import { quoteOrderVerb } from './quote-order';
import { recordOrderPaymentVerb } from './record-order-payment';
import { registerChargeCodeVerb } from './register-charge-code';
import { registerTaxCategoryVerb } from './register-tax-category';
import { rejectOrderVerb } from './reject-order';
import { relateCustomersVerb } from './relate-customers';
import { releaseDiscountVerb } from './release-discount';
import { releaseNumberVerb } from './release-number';
import { releaseProductVerb } from './release-product';
import { reserveNumberVerb } from './reserve-number';
import { resumeSubscriberVerb } from './resume-subscriber';
import { scrapNumbersVerb } from './scrap-numbers';
import { takeBackNumbersVerb } from './take-back-numbers';
import { sellProductVerb } from './sell-product';
import { setDefaultPaymentRelationVerb } from './set-default-payment-relation';
import { setDiscountAuthorityVerb } from './set-discount-authority';
import { setDiscountBudgetVerb } from './set-discount-budget';
import { setOrderKindRuleVerb } from './set-order-kind-rule';
import { setParentAccountVerb } from './set-parent-account';
import { setTaxRateVerb } from './set-tax-rate';
import { splitAccountVerb } from './split-account';
import { stopSubscriberVerb } from './stop-subscriber';
import { submitOrderVerb } from './submit-order';
import { terminateSubscriberVerb } from './terminate-subscriber';
import { unholdNumbersVerb } from './unhold-numbers';

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
  provisionByPeopleVerb,
  createNumberClassVerb,
  fillNumberPoolVerb,
  createNumberPoolVerb,
  addNumberRangeVerb,
  addNumbersVerb,
  holdNumbersVerb,
  unholdNumbersVerb,
  scrapNumbersVerb,
  takeBackNumbersVerb,
  classifyNumbersVerb,
  reserveNumberVerb,
  releaseNumberVerb,
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
  offerDiscountVerb,
  createDiscountVerb,
  draftDiscountVersionVerb,
  moveDiscountVersionVerb,
  releaseDiscountVerb,
  setDiscountBudgetVerb,
  setDiscountAuthorityVerb,
  setOrderKindRuleVerb,
  quoteOrderVerb,
  submitOrderVerb,
  orderVerb,
  recordOrderPaymentVerb,
  approveOrderVerb,
  rejectOrderVerb,
  amendOrderVerb,
  cancelOrderVerb,
  claimWorkOrderVerb,
  completeWorkOrderVerb,
  failWorkOrderVerb,
];
