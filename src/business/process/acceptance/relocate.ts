import { refuseOrder } from '../../component/order';
import { managingNode } from '../../component/organisation';
import { serviceTypeOf } from '../../component/service';
import { changeSubscriberIn, checkAttributes } from '../../component/subscriber';
import { hasHiddenCharacters, isBlank } from '../../../kernel/text';
import { ok, refusedBy } from '../../../kernel/result';
import { told } from './network-change';
import type { OrderKind } from './order-kind';
import { subscriberOf } from './party-of';
import type { AcceptanceRefusal } from './refusals';

/** The attribute of a subscriber that says where its line ends. */
const ADDRESS = 'address';

/** 移机: the line ends at another address, and belongs to another node where that lies elsewhere. */
export const relocate: OrderKind<'RELOCATE'> = {
  action: 'MODIFY',
  touches: ({ subscriberId }) => ({ subscriber: { id: subscriberId, field: 'subscriberId' } }),
  async check({ unit, parties }, { subscriberId, address, organisationId }) {
    const { attributes, service_type: line } = subscriberOf(parties, subscriberId);
    return refusedBy<AcceptanceRefusal>(
      isBlank(address) && refuseOrder('BLANK', 'address'),
      hasHiddenCharacters(address) && refuseOrder('CHARACTERS_REFUSED', 'address'),
      attributes[ADDRESS] === address.trim() && refuseOrder('ADDRESS_UNCHANGED', 'address'),
      checkAttributes(await serviceTypeOf(unit, line), { ...attributes, [ADDRESS]: address.trim() }),
      organisationId !== null && (await managingNode(unit, organisationId, 'subscriber:write', refuseOrder, line)),
    );
  },
  network: (_accepting, { address }, before) => {
    const after = { ...before, characteristics: { ...before.characteristics, [ADDRESS]: address.trim() } };
    return told('RELOCATE', after, 'RELOCATE', before);
  },
  async effect({ wide, parties }, { subscriberId, address, organisationId }) {
    const subscriber = subscriberOf(parties, subscriberId);
    const attributes = { ...subscriber.attributes, [ADDRESS]: address.trim() };
    await changeSubscriberIn(wide, subscriber, { attributes, ...(organisationId !== null && { organisationId }) });
    return ok({ subscriberId });
  },
};
