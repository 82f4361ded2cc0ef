import { IDENTIFIER_KINDS, SUBSCRIBER_REFUSALS } from '../../../component/subscriber';
import { changeIdentifier } from '../../beside-orders';
import { text, word } from '../written/fields';
import { handle } from '../written/handle';
import { time } from '../written/written-time';
import { defineVerb } from '../verb';

/** Gives a subscriber another number or login 改号, or SIM card 换卡. */
export const changeIdentifierVerb = defineVerb({
  name: 'changeIdentifier',
  refusals: SUBSCRIBER_REFUSALS,
  input: { subscriber: handle('subscriber'), kind: word(IDENTIFIER_KINDS).default('NUMBER'), value: text, from: time.optional() },
  async run(stage, { subscriber, kind, value, from }) {
    const expectedVersion = await stage.versionOf('subscriber', subscriber);
    return stage.execute(changeIdentifier, {
      subscriberId: stage.idOf(subscriber),
      expectedVersion,
      kind,
      value,
      from: stage.instantOf(from),
    });
  },
});
