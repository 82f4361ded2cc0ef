import type { UseCase } from '../../execute';
import type { IdentifierKind } from '../../../data/operation/subscriber/subscriber-facts';
import { writeIdentifier } from '../../../data/operation/subscriber/write-subscriber-facts';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import { ok, refusedBy } from '../../../kernel/result';
import { identifierMatches, selectServiceTypes, type ServiceType } from '../service';
import { isSimNumber, normaliseIdentifier, normaliseSim } from './model/identifier';
import { refuseSubscriber, type SubscriberRefusal } from './model/refusals';
import { recordChange } from './record-change';
import { periodOfFact, subscriberToChange, type SubscriberChange } from './subscriber-to-change';

export interface ChangeIdentifierInput extends SubscriberChange {
  readonly kind: IdentifierKind;
  readonly value: string;
  /** Now, when not given. */
  readonly from?: Instant | null;
}

/** Gives a subscriber another number or login 改号, or SIM card 换卡, from an instant on. The old one is then free. */
export const changeIdentifier: UseCase<ChangeIdentifierInput, { subscriberId: Id<'subscriber'> }, SubscriberRefusal> = {
  name: 'changeIdentifier',
  permission: 'subscriber:write',
  constraints: { subscriber_identifier_taken: () => refuseSubscriber('NUMBER_TAKEN', 'value') },
  async run(unit, input) {
    const { kind } = input;
    const subscriber = await subscriberToChange(unit, input);
    if (!subscriber.ok) return subscriber;
    const [serviceType] = await selectServiceTypes(unit, [subscriber.value.service_type]);
    invariant(serviceType !== undefined, 'a subscriber has a service type');
    const value = kind === 'SIM' ? normaliseSim(input.value) : normaliseIdentifier(input.value);
    const refused = checkValue(serviceType, kind, value);
    if (refused !== undefined) return refused;
    const valid = periodOfFact(subscriber.value, input, unit.now);
    if (!valid.ok) return valid;
    const { before } = await writeIdentifier(unit.transaction, subscriber.value.id, { kind, value }, valid.value, unit.now);
    const from = valid.value.from.toString();
    await recordChange(unit, subscriber.value, {
      before: { identifiers: before.map((old) => ({ kind, value: old })) },
      after: { identifier: { kind, value, from } },
      event: 'SubscriberAttributeValueChangeEvent',
      payload: { changed: ['identifiers'], kind, value, from },
    });
    return ok({ subscriberId: subscriber.value.id });
  },
};

function checkValue(serviceType: ServiceType, kind: IdentifierKind, value: string): ReturnType<typeof refusedBy<SubscriberRefusal>> {
  if (kind === 'SIM') return refusedBy(!isSimNumber(value) && refuseSubscriber('SIM_INVALID', 'value'));
  if (kind !== serviceType.identifierKind) return refuseSubscriber('IDENTIFIER_KIND_WRONG', 'kind');
  return refusedBy(!identifierMatches(serviceType, value) && refuseSubscriber('IDENTIFIER_INVALID', 'value'));
}
