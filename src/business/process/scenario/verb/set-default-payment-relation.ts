import { setDefaultPaymentRelation, SUBSCRIBER_REFUSALS } from '../../../component/subscriber';
import { handle } from '../written/handle';
import { time } from '../written/written-time';
import { defineVerb } from '../verb';

/** Names the account that pays whatever no other payment relation pays 默认付费关系. */
export const setDefaultPaymentRelationVerb = defineVerb({
  name: 'setDefaultPaymentRelation',
  refusals: SUBSCRIBER_REFUSALS,
  input: { subscriber: handle('subscriber'), account: handle('account'), from: time.optional() },
  async run(stage, { subscriber, account, from }) {
    const expectedVersion = await stage.versionOf('subscriber', subscriber);
    const ids = { subscriberId: stage.idOf(subscriber), accountId: stage.idOf(account) };
    return stage.execute(setDefaultPaymentRelation, { ...ids, expectedVersion, from: stage.instantOf(from) });
  },
});
