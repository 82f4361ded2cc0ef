import { ACCOUNT_REFUSALS, PAYERS, setParentAccount } from '../../../component/account';
import { trueOrFalse, word } from '../written/fields';
import { handle } from '../written/handle';
import { time } from '../written/written-time';
import { defineVerb } from '../verb';

/** Puts an account below another 上级账户, for a time. */
export const setParentAccountVerb = defineVerb({
  name: 'setParentAccount',
  refusals: ACCOUNT_REFUSALS,
  input: {
    account: handle('account'),
    parent: handle('account'),
    payer: word(PAYERS).default('SELF'),
    consolidatedBill: trueOrFalse.default(false),
    from: time.optional(),
    to: time.optional(),
  },
  async run(stage, { account, parent, payer, consolidatedBill, from, to }) {
    const expectedVersion = await stage.versionOf('account', account);
    const ids = { accountId: stage.idOf(account), parentAccountId: stage.idOf(parent) };
    const valid = { from: stage.instantOf(from), to: stage.instantOf(to) };
    return stage.execute(setParentAccount, { ...ids, expectedVersion, payer, consolidatedBill, ...valid });
  },
});
