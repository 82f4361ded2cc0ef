import { ACCOUNT_REFUSALS } from '../../../component/account';
import { mergeAccounts } from '../../merge-accounts';
import { handle } from '../written/handle';
import { defineVerb } from '../verb';

/** Makes one account of two of the same customer 合户. */
export const mergeAccountsVerb = defineVerb({
  name: 'mergeAccounts',
  refusals: ACCOUNT_REFUSALS,
  input: { survivor: handle('account'), merged: handle('account') },
  async run(stage, { survivor, merged }) {
    const survivorVersion = await stage.versionOf('account', survivor);
    const mergedVersion = await stage.versionOf('account', merged);
    const ids = { survivorId: stage.idOf(survivor), mergedId: stage.idOf(merged) };
    return stage.execute(mergeAccounts, { ...ids, survivorVersion, mergedVersion });
  },
});
