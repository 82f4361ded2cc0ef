import type { UnitStep } from './load/load-messages';

const REFUSALS = 'userErrors{code message}';
const CREATE_CUSTOMER = `mutation($i:CreateCustomerInput!){createCustomer(input:$i){customer{id} ${REFUSALS}}}`;
const CREATE_ACCOUNT = `mutation($i:CreateAccountInput!){createAccount(input:$i){account{id} ${REFUSALS}}}`;
const QUOTE = `mutation($i:QuoteOrderInput!){quoteOrder(input:$i){quotation{
  id due{amount currency} validUntil lines{itemNo kind name amount{amount} tax{amount} dueNow explanation}} ${REFUSALS}}}`;
const SUBMIT = `mutation($i:SubmitOrderInput!){submitOrder(input:$i){order{id orderNo state version} ${REFUSALS}}}`;
const PAY = `mutation($i:RecordOrderPaymentInput!){recordOrderPayment(input:$i){order{id orderNo state version} ${REFUSALS}}}`;

/** The bundle of the demonstration that spans three lines of business, and who is in it. */
const BUNDLE = 'FUSION-199';
const MEMBERS = [
  { role: 'MOBILE', identifier: '199{{tail}}', plan: 'MOBILE-5G-129' },
  { role: 'BROADBAND', identifier: 'opened-{{tail}}', plan: 'BROADBAND-300M' },
  { role: 'FIXED_LINE', identifier: '0579{{tail}}', plan: 'FIXED-LINE-25' },
] as const;

/** The order of a home: a bundle, and a subscriber for each of its members. `copy` is what the codes of a copy of the catalogue end with. */
const ITEMS = [
  { openBundle: { bundle: `${BUNDLE}{{copy}}`, accountId: '{{account}}', organisationId: '{{hall}}' } },
  ...MEMBERS.map(({ role, identifier, plan }) => ({
    open: {
      serviceType: role, organisationId: '{{hall}}', identifier, accountId: '{{account}}', plan: { code: `${plan}{{copy}}` },
      bundle: { itemNo: 1, role },
    },
  })),
]; // prettier-ignore

const CUSTOMER: UnitStep = {
  query: CREATE_CUSTOMER,
  variables: {
    i: {
      idempotencyKey: 'customer-{{n}}', kind: 'INDIVIDUAL', name: '王小{{n}}', organisationId: '{{hall}}',
      documents: [{ kind: 'PASSPORT', number: 'E{{tail}}' }], contacts: [{ kind: 'MOBILE', value: '139{{tail}}' }],
    },
  },
  capture: { customer: ['createCustomer', 'customer', 'id'] },
}; // prettier-ignore

const ACCOUNT: UnitStep = {
  query: CREATE_ACCOUNT,
  variables: {
    i: {
      idempotencyKey: 'account-{{n}}', customerId: '{{customer}}', name: '默认账户', organisationId: '{{hall}}', paymentMethod: 'CASH',
      ratingType: 'POSTPAID',
    },
  },
  capture: { account: ['createAccount', 'account', 'id'] },
}; // prettier-ignore

export const QUOTATION: UnitStep = {
  query: QUOTE,
  variables: {
    i: {
      idempotencyKey: 'quotation-{{n}}', organisationId: '{{hall}}', customerId: '{{customer}}', accountId: '{{account}}',
      items: ITEMS,
    },
  },
  capture: { quotation: ['quoteOrder', 'quotation', 'id'], due: ['quoteOrder', 'quotation', 'due', 'amount'] },
}; // prettier-ignore

const ORDER: UnitStep = {
  query: SUBMIT,
  variables: { i: { idempotencyKey: 'order-{{n}}', quotationId: '{{quotation}}' } },
  capture: { order: ['submitOrder', 'order', 'id'], submitted: ['submitOrder', 'order', 'state'] },
  expected: { submitted: 'pending' },
};

const PAYMENT: UnitStep = {
  query: PAY,
  variables: {
    i: {
      idempotencyKey: 'payment-{{n}}', orderId: '{{order}}', expectedVersion: 1, method: 'CASH', reference: 'R{{n}}',
      amount: { amount: '{{due}}', currency: 'CNY' },
    },
  },
  capture: { paid: ['recordOrderPayment', 'order', 'state'] },
  expected: { paid: 'completed' },
}; // prettier-ignore

/** What a clerk does for a customer who comes for the first time: the last step completes the order. */
export function orderSteps(): readonly UnitStep[] {
  return [CUSTOMER, ACCOUNT, QUOTATION, ORDER, PAYMENT];
}

/** The values of the nth unit: every hall has its turn. */
export function orderValues(nth: number, halls: readonly string[]): Readonly<Record<string, string>> {
  return { n: String(nth), tail: String(nth).padStart(8, '0'), copy: '', hall: halls[nth % halls.length] ?? '' };
}
