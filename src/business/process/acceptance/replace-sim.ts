import { changeIdentifierIn } from '../../component/subscriber';
import { checkNewIdentifier } from './change-number';
import { cardNumber, modified } from './network-change';
import type { OrderKind } from './order-kind';
import { subscriberOf } from './party-of';

/** 换卡: another SIM card, or the number of another device where the line has one. */
export const replaceSim: OrderKind<'REPLACE_SIM'> = {
  action: 'MODIFY',
  beforeService: true,
  touches: ({ subscriberId }) => ({ subscriber: { id: subscriberId, field: 'subscriberId' } }),
  check: (accepting, { subscriberId, sim }) => checkNewIdentifier(accepting, subscriberId, { kind: 'SIM', value: sim, field: 'sim' }),
  network: (_accepting, { sim }, before) => modified(before, { identifiers: { ...before.identifiers, SIM: cardNumber(sim) } }),
  effect: ({ wide, parties }, { subscriberId, sim }) =>
    changeIdentifierIn(wide, subscriberOf(parties, subscriberId), { kind: 'SIM', value: sim }),
};
