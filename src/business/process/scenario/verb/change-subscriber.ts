import { changeSubscriber, SUBSCRIBER_REFUSALS } from '../../../component/subscriber';
import { attributes } from '../written/fields';
import { handle } from '../written/handle';
import { defineVerb } from '../verb';

/** Changes where a subscriber is managed, and its attributes 用户资料变更. */
export const changeSubscriberVerb = defineVerb({
  name: 'changeSubscriber',
  refusals: SUBSCRIBER_REFUSALS,
  input: { subscriber: handle('subscriber'), organisation: handle('organisation').optional(), attributes: attributes.optional() },
  async run(stage, { subscriber, organisation, attributes: more }) {
    const expectedVersion = await stage.versionOf('subscriber', subscriber);
    const organisationId = organisation && stage.idOf(organisation);
    return stage.execute(changeSubscriber, { subscriberId: stage.idOf(subscriber), expectedVersion, organisationId, attributes: more });
  },
});
