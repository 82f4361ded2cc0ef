import { stopSubscriber, STOP_REASONS, SUBSCRIBER_REFUSALS } from '../../../component/subscriber';
import { word } from '../written/fields';
import { handle } from '../written/handle';
import { defineVerb } from '../verb';

/** Stops a subscriber 停机 for one more reason, from now on. */
export const stopSubscriberVerb = defineVerb({
  name: 'stopSubscriber',
  refusals: SUBSCRIBER_REFUSALS,
  input: { subscriber: handle('subscriber'), reason: word(STOP_REASONS) },
  async run(stage, { subscriber, reason }) {
    const expectedVersion = await stage.versionOf('subscriber', subscriber);
    return stage.execute(stopSubscriber, { subscriberId: stage.idOf(subscriber), expectedVersion, reason });
  },
});
