import {
  changeIdentifierIn,
  identifierFor,
  selectIdentifiers,
  selectSubscribersById,
  selectTakenIdentifiers,
  type IdentifierKind,
} from '../../component/subscriber';
import { serviceTypeOf } from '../../component/service';
import { refuseSubscriber } from '../../component/subscriber';
import type { Id } from '../../../kernel/id';
import { judgeClaims } from '../../component/number';
import { refuseOrder } from '../../component/order';
import { refusedBy } from '../../../kernel/result';
import { giveDepositsBack, quoteDepositsBack } from './deposits-back';
import { checkGoodNumber, fixGoodNumber, monthlyHeld, quoteGoodNumber, undertake } from './good-number';
import { holderOf } from './number-holder';
import { told } from './network-change';
import type { Accepting, OrderKind } from './order-kind';
import { subscriberOf } from './party-of';
import type { AcceptanceRefusal, Refused } from './refusals';

/** 改号: another number, or for a line that is reached by a login, another login. */
export const changeNumber: OrderKind<'CHANGE_NUMBER'> = {
  action: 'MODIFY',
  beforeService: true,
  async fix(unit, content) {
    const [subscriber] = await selectSubscribersById(unit, [content.subscriberId]);
    // What its number asks for is asked of who activates it.
    if (subscriber?.status === 'pendingActive') return { ...content, beforeService: true };
    return { ...content, ...(await fixGoodNumber(unit, content.identifier)) };
  },
  async placeOfNumber(unit, { subscriberId }) {
    const [subscriber] = await selectSubscribersById(unit, [subscriberId]);
    return subscriber === undefined ? undefined : { serviceType: subscriber.serviceType, organisationId: subscriber.organisationId };
  },
  touches: ({ subscriberId, identifier }) => ({
    number: { subscriberId, next: identifier?.trim() ?? null },
    subscriber: { id: subscriberId, field: 'subscriberId' },
  }),
  async check(accepting, content) {
    const { subscriberId, identifier } = content;
    if (identifier === null) return refuseOrder('NUMBER_OR_ANY', 'identifier');
    const { status, service_type: line } = subscriberOf(accepting.parties, subscriberId);
    if (content.beforeService === true && status !== 'pendingActive') return refuseSubscriber('STATUS_REFUSES', 'subscriberId', { status });
    const { identifierKind } = await serviceTypeOf(accepting.unit, line);
    return refusedBy<AcceptanceRefusal>(
      await checkNewIdentifier(accepting, subscriberId, { kind: identifierKind, value: identifier, field: 'identifier' }),
      await checkGoodNumber(accepting, content, monthlyHeld(accepting, subscriberId)),
    );
  },
  quote: async (accepting, content) => [...(await quoteDepositsBack(accepting, content.subscriberId)), ...quoteGoodNumber(content)],
  network: (_accepting, { identifier }, before) => {
    if (identifier === null) return undefined;
    const after = { ...before, identifiers: { ...before.identifiers, [before.identifierKind]: identifier.trim() } };
    return told('CHANGE_NUMBER', after, 'CHANGE_NUMBER', before);
  },
  async effect(accepting, content, itemNo) {
    const { wide, parties, orderId } = accepting;
    const { subscriberId, identifier } = content;
    if (identifier === null) return refuseOrder('NUMBER_OR_ANY', 'identifier');
    const subscriber = subscriberOf(parties, subscriberId);
    const { identifierKind } = await serviceTypeOf(wide, subscriber.service_type);
    const holder = { numberHolder: holderOf(orderId) };
    const changed = await changeIdentifierIn(wide, subscriber, { kind: identifierKind, value: identifier, ...holder });
    if (!changed.ok) return changed;
    await giveDepositsBack(accepting, subscriberId);
    await undertake(accepting, content, { subscriberId, itemNo });
    return changed;
  },
};

/** Whether a subscriber may have another identifier: it has the form of its line, is nobody's, and is not its own already. */
export async function checkNewIdentifier(
  { unit, wide, parties, orderId }: Accepting,
  subscriberId: Id<'subscriber'>,
  { kind, value: given, field }: { readonly kind: IdentifierKind; readonly value: string; readonly field: string },
): Promise<Refused | undefined> {
  const checked = await identifierFor(unit, subscriberOf(parties, subscriberId).service_type, { kind, value: given });
  if (!checked.ok) return { ok: false, refusals: checked.refusals.map((refusal) => ({ ...refusal, field: [field] })) };
  const value = checked.value;
  const own = await selectIdentifiers(wide, [subscriberId], { validAt: unit.now, knownAt: null });
  if (own.some((one) => one.kind === kind && one.value === value)) return refuseOrder('UNCHANGED', field);
  if (kind === 'NUMBER') {
    const { service_type: serviceType, organisation_id: organisationId } = subscriberOf(parties, subscriberId);
    const [outcome] = await judgeClaims(wide, [{ value, serviceType, organisationId, subscriberId, holder: holderOf(orderId) }]);
    if (outcome === 'UNAVAILABLE') return refuseSubscriber('NUMBER_UNAVAILABLE', field);
  }
  const taken = await selectTakenIdentifiers(unit.transaction, [{ kind, value }], unit.now);
  return taken.length > 0 ? refuseSubscriber('NUMBER_TAKEN', field) : undefined;
}
