import { openSubscriber, SUBSCRIBER_REFUSALS } from '../../../component/subscriber';
import { attributes, text } from '../written/fields';
import { handle, managedAt, newHandle } from '../written/handle';
import { defineVerb } from '../verb';

/** Opens a subscriber 开户, active from now on. */
export const openSubscriberVerb = defineVerb({
  name: 'openSubscriber',
  section: 'parties.subscribers',
  refusals: SUBSCRIBER_REFUSALS,
  input: {
    handle: newHandle('subscriber'),
    serviceType: text,
    organisation: managedAt,
    owner: handle('customer'),
    user: handle('customer').optional(),
    payer: handle('customer').optional(),
    account: handle('account'),
    identifier: text,
    sim: text.optional(),
    attributes: attributes.default({}),
  },
  run(stage, { handle: subscriber, organisation, owner, user, payer, account, sim = null, ...more }) {
    const input = {
      organisationId: stage.idOf(organisation),
      ownerId: stage.idOf(owner),
      userId: user === undefined ? null : stage.idOf(user),
      payerId: payer === undefined ? null : stage.idOf(payer),
      accountId: stage.idOf(account),
      sim,
      ...more,
    };
    return stage.bring(subscriber, openSubscriber, input, ({ subscriberId }) => subscriberId);
  },
});
