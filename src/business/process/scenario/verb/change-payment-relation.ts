import { changePaymentRelation, SUBSCRIBER_REFUSALS } from '../../../component/subscriber';
import { amount, orNone, text, whole } from '../written/fields';
import { handle } from '../written/handle';
import { relationIdOf } from '../payment-relation';
import { time } from '../written/written-time';
import { defineVerb } from '../verb';

/** Gives a payment relation another priority or cap. */
export const changePaymentRelationVerb = defineVerb({
  name: 'changePaymentRelation',
  refusals: SUBSCRIBER_REFUSALS,
  input: {
    subscriber: handle('subscriber'),
    account: handle('account'),
    chargeGroup: text.optional(),
    cap: orNone(amount).optional(),
    priority: whole(-9_999, 9_999).optional(),
    from: time.optional(),
  },
  async run(stage, { subscriber, account, chargeGroup = null, cap, priority, from }) {
    const at = stage.instantOf(from);
    const paymentRelationId = await relationIdOf(stage, { subscriber, account, chargeGroup, at });
    const limit = cap == null ? cap : await stage.moneyFor(account, cap, ['cap']);
    const expectedVersion = await stage.versionOf('subscriber', subscriber);
    const which = { subscriberId: stage.idOf(subscriber), expectedVersion, paymentRelationId };
    return stage.execute(changePaymentRelation, { ...which, priority, cap: limit, from: at });
  },
});
