import { ACCOUNT_REFUSALS, changeBillingDay } from '../../../component/account';
import { whole } from '../written/fields';
import { handle } from '../written/handle';
import { time } from '../written/written-time';
import { defineVerb } from '../verb';

/** Gives an account another billing day 账期日, now or later. */
export const changeBillingDayVerb = defineVerb({
  name: 'changeBillingDay',
  refusals: ACCOUNT_REFUSALS,
  input: { account: handle('account'), day: whole(-99, 99), from: time.optional() },
  async run(stage, { account, day, from }) {
    const expectedVersion = await stage.versionOf('account', account);
    return stage.execute(changeBillingDay, { accountId: stage.idOf(account), expectedVersion, day, from: stage.instantOf(from) });
  },
});
