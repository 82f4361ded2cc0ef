import { ACCOUNT_REFUSALS } from '../../../component/account';
import { closeAccount } from '../../close-account';
import { handle } from '../written/handle';
import { defineVerb } from '../verb';

/** Closes an account 账户销户 that pays for nothing any more. */
export const closeAccountVerb = defineVerb({
  name: 'closeAccount',
  refusals: ACCOUNT_REFUSALS,
  input: { account: handle('account') },
  async run(stage, { account }) {
    const expectedVersion = await stage.versionOf('account', account);
    return stage.execute(closeAccount, { accountId: stage.idOf(account), expectedVersion });
  },
});
