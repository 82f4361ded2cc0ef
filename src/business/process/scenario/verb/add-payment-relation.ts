import { addPaymentRelation, SUBSCRIBER_REFUSALS } from '../../../component/subscriber';
import { amount, text, whole } from '../written/fields';
import { handle } from '../written/handle';
import { RELATION_PRIORITY } from '../payment-relation';
import { time } from '../written/written-time';
import { defineVerb } from '../verb';

/** Lets an account pay for a part of a subscriber's charges 付费关系, for a time. */
export const addPaymentRelationVerb = defineVerb({
  name: 'addPaymentRelation',
  refusals: SUBSCRIBER_REFUSALS,
  input: {
    subscriber: handle('subscriber'),
    account: handle('account'),
    chargeGroup: text.optional(),
    cap: amount.optional(),
    priority: whole(-9_999, 9_999).default(RELATION_PRIORITY),
    from: time.optional(),
    to: time.optional(),
  },
  async run(stage, { subscriber, account, chargeGroup = null, cap, priority, from, to }) {
    const ids = { subscriberId: stage.idOf(subscriber), accountId: stage.idOf(account) };
    const expectedVersion = await stage.versionOf('subscriber', subscriber);
    const limit = cap === undefined ? null : await stage.moneyFor(account, cap, ['cap']);
    const valid = { from: stage.instantOf(from), to: stage.instantOf(to) };
    return stage.execute(addPaymentRelation, { ...ids, expectedVersion, chargeGroup, cap: limit, priority, ...valid });
  },
});
