import { ACCOUNT_REFUSALS, changeAccount, PAYMENT_METHODS, RATING_TYPES } from '../../../component/account';
import { attributes, text, word } from '../written/fields';
import { handle } from '../written/handle';
import { defineVerb } from '../verb';

/** Changes what an account is 账户资料变更. */
export const changeAccountVerb = defineVerb({
  name: 'changeAccount',
  refusals: ACCOUNT_REFUSALS,
  input: {
    account: handle('account'),
    name: text.optional(),
    ratingType: word(RATING_TYPES).optional(),
    paymentMethod: word(PAYMENT_METHODS).optional(),
    organisation: handle('organisation').optional(),
    attributes: attributes.optional(),
  },
  async run(stage, { account, organisation, ...changes }) {
    const expectedVersion = await stage.versionOf('account', account);
    const organisationId = organisation && stage.idOf(organisation);
    return stage.execute(changeAccount, { accountId: stage.idOf(account), expectedVersion, organisationId, ...changes });
  },
});
