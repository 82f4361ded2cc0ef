import { resumeSubscriber, STOP_REASONS, SUBSCRIBER_REFUSALS } from '../../../component/subscriber';
import { word } from '../written/fields';
import { handle } from '../written/handle';
import { defineVerb } from '../verb';

/** Takes one stop reason away 复机; the service resumes when none is left. */
export const resumeSubscriberVerb = defineVerb({
  name: 'resumeSubscriber',
  refusals: SUBSCRIBER_REFUSALS,
  input: { subscriber: handle('subscriber'), reason: word(STOP_REASONS) },
  async run(stage, { subscriber, reason }) {
    const expectedVersion = await stage.versionOf('subscriber', subscriber);
    return stage.execute(resumeSubscriber, { subscriberId: stage.idOf(subscriber), expectedVersion, reason });
  },
});
