import { ACCOUNT_REFUSALS, createAccount, PAYMENT_METHODS, RATING_TYPES } from '../../../component/account';
import { operatorParameters } from '../../../component/organisation';
import { attributes, text, whole, word } from '../written/fields';
import { handle, managedAt, newHandle } from '../written/handle';
import { defineVerb } from '../verb';

/** Opens an account 建立账户 of a customer, in the operator's currency when it names none. */
export const createAccountVerb = defineVerb({
  name: 'createAccount',
  section: 'parties.accounts',
  refusals: ACCOUNT_REFUSALS,
  input: {
    handle: newHandle('account'),
    customer: handle('customer'),
    organisation: managedAt,
    name: text.default('主账户'),
    currency: text.optional(),
    ratingType: word(RATING_TYPES).default('POSTPAID'),
    paymentMethod: word(PAYMENT_METHODS).default('CASH'),
    billingDay: whole(-99, 99).default(1),
    attributes: attributes.default({}),
  },
  async run(stage, { handle: account, customer, organisation, currency, ...more }) {
    const input = {
      customerId: stage.idOf(customer),
      organisationId: stage.idOf(organisation),
      currency: currency ?? (await operatorParameters(stage.context)).currency,
      ...more,
    };
    return stage.bring(account, createAccount, input, ({ accountId }) => accountId);
  },
});
