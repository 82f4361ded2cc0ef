import {
  ACCOUNT_STATUSES,
  PAYERS,
  PAYMENT_METHODS,
  RATING_TYPES,
  selectAccountParents,
  selectAccountsById,
  selectBillingDays,
  selectChildAccounts,
} from '../../../component/account';
import { selectDiscountsOfAccounts } from '../../../component/discount';
import { defineExpectation } from '../expectation';
import { list, orNone, text, trueOrFalse, whole, word } from '../written/fields';
import { handle, NONE } from '../written/handle';

const CHILDREN_MAX = 500;

/** What an account 账户 is, and where it stands. */
export const accountExpectation = defineExpectation({
  subject: 'account',
  undated: ['status', 'mergedInto', 'customer', 'organisation', 'name', 'currency', 'ratingType', 'paymentMethod'],
  shape: {
    status: word(ACCOUNT_STATUSES).optional(),
    mergedInto: orNone(handle('account')).optional(),
    customer: handle('customer').optional(),
    organisation: handle('organisation').optional(),
    name: text.optional(),
    currency: text.optional(),
    ratingType: word(RATING_TYPES).optional(),
    paymentMethod: word(PAYMENT_METHODS).optional(),
    billingDay: orNone(whole(1, 31)).optional(),
    parent: orNone(handle('account')).optional(),
    payer: orNone(word(PAYERS)).optional(),
    consolidatedBill: orNone(trueOrFalse).optional(),
    children: list(handle('account')).optional(),
    discounts: list(handle('discount')).optional(),
  },
  written: { children: (_stage, children) => (children ?? []).map(({ name }) => name).sort() },
  async actual(stage, subject, time) {
    const { context } = stage;
    const id = stage.idOf(subject);
    const [account] = await selectAccountsById(context, [id]);
    const [billingDay] = await selectBillingDays(context, [id], time);
    const [parent] = await selectAccountParents(context, [id], time);
    const discounts = await selectDiscountsOfAccounts(context, [id], time);
    const children = (await selectChildAccounts(context, [id], time, { first: CHILDREN_MAX, after: null })).get(id);
    return {
      status: account?.status ?? NONE,
      mergedInto: stage.nameOf('account', account?.mergedIntoId),
      customer: stage.nameOf('customer', account?.customerId),
      organisation: stage.nameOf('organisation', account?.organisationId),
      name: account?.name ?? NONE,
      currency: account?.currency ?? NONE,
      ratingType: account?.ratingType ?? NONE,
      paymentMethod: account?.paymentMethod ?? NONE,
      billingDay: billingDay?.day ?? NONE,
      parent: stage.nameOf('account', parent?.parentAccountId),
      payer: parent?.payer ?? NONE,
      consolidatedBill: parent?.consolidatedBill ?? NONE,
      discounts: discounts.map(({ discountId }) => stage.nameOf('discount', discountId)),
      children: stage.namesOf('account', children?.rows.map(({ accountId }) => accountId) ?? []),
    };
  },
});
