import { endPaymentRelation, SUBSCRIBER_REFUSALS } from '../../../component/subscriber';
import { text } from '../written/fields';
import { handle } from '../written/handle';
import { relationIdOf } from '../payment-relation';
import { time } from '../written/written-time';
import { defineVerb } from '../verb';

/** Ends a payment relation. */
export const endPaymentRelationVerb = defineVerb({
  name: 'endPaymentRelation',
  refusals: SUBSCRIBER_REFUSALS,
  input: { subscriber: handle('subscriber'), account: handle('account'), chargeGroup: text.optional(), from: time.optional() },
  async run(stage, { subscriber, account, chargeGroup = null, from }) {
    const at = stage.instantOf(from);
    const paymentRelationId = await relationIdOf(stage, { subscriber, account, chargeGroup, at });
    const expectedVersion = await stage.versionOf('subscriber', subscriber);
    return stage.execute(endPaymentRelation, { subscriberId: stage.idOf(subscriber), expectedVersion, paymentRelationId, at });
  },
});
