import { ACCOUNT_REFUSALS, endParentAccount } from '../../../component/account';
import { handle } from '../written/handle';
import { time } from '../written/written-time';
import { defineVerb } from '../verb';

/** From then on an account stands below none. */
export const endParentAccountVerb = defineVerb({
  name: 'endParentAccount',
  refusals: ACCOUNT_REFUSALS,
  input: { account: handle('account'), from: time.optional() },
  async run(stage, { account, from }) {
    const expectedVersion = await stage.versionOf('account', account);
    return stage.execute(endParentAccount, { accountId: stage.idOf(account), expectedVersion, at: stage.instantOf(from) });
  },
});
