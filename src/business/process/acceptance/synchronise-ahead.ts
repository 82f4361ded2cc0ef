import { forgetUntold, selectSubscriberCustomers } from '../../component/subscriber';
import type { ChangedAhead } from '../../view/fulfilment';
import type { UseCase } from '../../execute';
import { invariant } from '../../../kernel/failure';
import type { OrderChanged } from '../../component/order';
import { quoteOrderIn } from './quote-order';
import { submitOrderIn } from './submit-order';
import { TAKEN_MEANWHILE } from './taken-meanwhile';
import type { AcceptanceRefusal } from './refusals';

/** Orders that the network be told of what has begun or ended for a subscriber by itself. It is the owner's order, accepted by the system. */
export const synchroniseAhead: UseCase<ChangedAhead, OrderChanged, AcceptanceRefusal> = {
  name: 'synchroniseAhead',
  permission: 'order:write',
  constraints: TAKEN_MEANWHILE,
  async run(unit, { subscriberId, organisationId }) {
    const roles = await selectSubscriberCustomers(unit, [subscriberId], { validAt: unit.now, knownAt: null });
    const owner = roles.find(({ role }) => role === 'OWNER');
    invariant(owner !== undefined, 'a subscriber in service has an owner');
    const quoted = await quoteOrderIn(unit, {
      organisationId,
      customerId: owner.customerId,
      accountId: null,
      items: [{ kind: 'SYNCHRONISE', content: { subscriberId } }],
      requestedStartAt: null,
      externalId: null,
      note: null,
    });
    if (!quoted.ok) return quoted;
    await forgetUntold(unit, subscriberId, 'NOW');
    return submitOrderIn(unit, quoted.value);
  },
};
