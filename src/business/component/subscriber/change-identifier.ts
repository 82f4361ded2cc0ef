import type { UseCase } from '../../execute';
import type { IdentifierKind } from '../../../data/operation/subscriber/subscriber-facts';
import { writeIdentifier } from '../../../data/operation/subscriber/write-subscriber-facts';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import { ok, refusedBy } from '../../../kernel/result';
import { lockNumbersOfSubscriber, type NumberHolder } from '../number';
import { identifierMatches, selectServiceTypes, type ServiceType } from '../service';
import { isSimNumber, normaliseIdentifier, normaliseSim } from './model/identifier';
import { refuseSubscriber, type SubscriberRefusal } from './model/refusals';
import { recordChange } from './record-change';
import { periodOfFact, subscriberToChange, type SubscriberChange } from './subscriber-to-change';
import { exchangeNumber } from './take-number';

export interface ChangeIdentifierInput extends SubscriberChange {
  readonly kind: IdentifierKind;
  readonly value: string;
  /** The order that reserved the number, where one changes it. */
  readonly numberHolder?: NumberHolder | null;
  /** Now, when not given. */
  readonly from?: Instant | null;
}

/**
 * Gives a subscriber another number or login 改号, or SIM card 换卡, from an instant on. The old one is then free; an old number of the
 * stock rests 冷冻 first.
 */
export const changeIdentifier: UseCase<ChangeIdentifierInput, { subscriberId: Id<'subscriber'> }, SubscriberRefusal> = {
  name: 'changeIdentifier',
  permission: 'subscriber:write',
  constraints: { subscriber_identifier_taken: () => refuseSubscriber('NUMBER_TAKEN', 'value') },
  async run(unit, input) {
    const { kind } = input;
    const value = kind === 'SIM' ? normaliseSim(input.value) : normaliseIdentifier(input.value);
    const had = kind === 'NUMBER' ? await lockNumbersOfSubscriber(unit, input.subscriberId, value) : [];
    const subscriber = await subscriberToChange(unit, input);
    if (!subscriber.ok) return subscriber;
    const [serviceType] = await selectServiceTypes(unit, [subscriber.value.service_type]);
    invariant(serviceType !== undefined, 'a subscriber has a service type');
    const refused = checkValue(serviceType, kind, value);
    if (refused !== undefined) return refused;
    const valid = periodOfFact(subscriber.value, input, unit.now);
    if (!valid.ok) return valid;
    if (kind === 'NUMBER') {
      const { id: subscriberId, organisation_id: organisationId } = subscriber.value;
      const claim = { value, serviceType: serviceType.code, organisationId, subscriberId, holder: input.numberHolder ?? null };
      const unavailable = await exchangeNumber(unit, claim, { from: valid.value.from, had });
      if (unavailable !== undefined) return unavailable;
    }
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
