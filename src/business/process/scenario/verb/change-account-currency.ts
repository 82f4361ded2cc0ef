import { ACCOUNT_REFUSALS } from '../../../component/account';
import { changeAccountCurrency } from '../../change-account-currency';
import { text } from '../written/fields';
import { handle } from '../written/handle';
import { defineVerb } from '../verb';

/** Gives an account that was never charged another currency. */
export const changeAccountCurrencyVerb = defineVerb({
  name: 'changeAccountCurrency',
  refusals: ACCOUNT_REFUSALS,
  input: { account: handle('account'), currency: text },
  async run(stage, { account, currency }) {
    const expectedVersion = await stage.versionOf('account', account);
    return stage.execute(changeAccountCurrency, { accountId: stage.idOf(account), expectedVersion, currency });
  },
});
