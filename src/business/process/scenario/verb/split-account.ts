import { ACCOUNT_REFUSALS } from '../../../component/account';
import { splitAccount } from '../../split-account';
import { list, text } from '../written/fields';
import { handle, newHandle } from '../written/handle';
import { defineVerb } from '../verb';

/** Splits an account 分户: a new one like it pays from now on for some of the subscribers. */
export const splitAccountVerb = defineVerb({
  name: 'splitAccount',
  refusals: ACCOUNT_REFUSALS,
  input: {
    account: handle('account'),
    handle: newHandle('account'),
    name: text.default('分账户'),
    subscribers: list(handle('subscriber')),
  },
  async run(stage, { account, handle: split, name, subscribers }) {
    const expectedVersion = await stage.versionOf('account', account);
    const subscriberIds = subscribers.map((one) => stage.idOf(one));
    const input = { accountId: stage.idOf(account), expectedVersion, name, subscriberIds };
    return stage.bring(split, splitAccount, input, ({ newAccountId }) => newAccountId);
  },
});
