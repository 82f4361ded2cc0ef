import { SUBSCRIBER_REFUSALS } from '../../../component/subscriber';
import { terminateSubscriber } from '../../terminate-subscriber';
import { handle } from '../written/handle';
import { defineVerb } from '../verb';

/** Closes a subscriber 销户, now. */
export const terminateSubscriberVerb = defineVerb({
  name: 'terminateSubscriber',
  refusals: SUBSCRIBER_REFUSALS,
  input: { subscriber: handle('subscriber') },
  async run(stage, { subscriber }) {
    const expectedVersion = await stage.versionOf('subscriber', subscriber);
    return stage.execute(terminateSubscriber, { subscriberId: stage.idOf(subscriber), expectedVersion });
  },
});
