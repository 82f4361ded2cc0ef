import type { Unit } from '../../context';
import type { IdentifierKind } from '../../../data/operation/subscriber/subscriber-facts';
import type { LockedSubscriber } from '../../../data/operation/subscriber/write-subscriber';
import { writeIdentifier } from '../../../data/operation/subscriber/write-subscriber-facts';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import { ok, refusedBy, type Result } from '../../../kernel/result';
import { depositsHeld, lockNumbersOfSubscriber, type NumberHolder } from '../number';
import { identifierMatches, selectServiceTypes, type ServiceType } from '../service';
import { isSimNumber, normaliseIdentifier, normaliseSim } from './model/identifier';
import { refuseSubscriber, type SubscriberRefusal } from './model/refusals';
import { recordChange } from './record-change';
import { periodOfFact, subscriberToChange, type SubscriberChange } from './subscriber-to-change';
import { exchangeNumber } from './take-number';
import { tellNetwork } from './tell-network';

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
export async function lockAndChangeIdentifier(
  unit: Unit,
  input: ChangeIdentifierInput,
): Promise<Result<{ subscriberId: Id<'subscriber'> }, SubscriberRefusal>> {
  const { kind } = input;
  const value = kind === 'SIM' ? normaliseSim(input.value) : normaliseIdentifier(input.value);
  const had = kind === 'NUMBER' ? await lockNumbersOfSubscriber(unit, input.subscriberId, value) : [];
  const subscriber = await subscriberToChange(unit, input);
  if (!subscriber.ok) return subscriber;
  const [held] = kind === 'NUMBER' ? await depositsHeld(unit, input.subscriberId) : [];
  if (held !== undefined) return refuseSubscriber('DEPOSIT_HELD', 'value', { number: held.number });
  const changed = await changeIdentifierIn(unit, subscriber.value, input, had);
  if (changed.ok) await tellNetwork(unit, subscriber.value, input.from);
  return changed;
}

type NewIdentifier = Pick<ChangeIdentifierInput, 'kind' | 'value' | 'from' | 'numberHolder'>;

/**
 * Gives a locked subscriber another identifier, as part of a unit that does more. The numbers concerned were locked before it; `had`
 * are those of the stock that it has, needed where the change is dated ahead.
 */
export async function changeIdentifierIn(
  unit: Unit,
  subscriber: LockedSubscriber,
  input: NewIdentifier,
  had: readonly string[] = [],
): Promise<Result<{ subscriberId: Id<'subscriber'> }, SubscriberRefusal>> {
  const { kind } = input;
  const checked = await identifierFor(unit, subscriber.service_type, input);
  if (!checked.ok) return checked;
  const value = checked.value;
  const valid = periodOfFact(subscriber, input, unit.now);
  if (!valid.ok) return valid;
  if (kind === 'NUMBER') {
    const { id: subscriberId, organisation_id: organisationId, service_type: serviceType } = subscriber;
    const claim = { value, serviceType, organisationId, subscriberId, holder: input.numberHolder ?? null };
    const unavailable = await exchangeNumber(unit, claim, { from: valid.value.from, had });
    if (unavailable !== undefined) return unavailable;
  }
  const { before } = await writeIdentifier(unit.transaction, subscriber.id, { kind, value }, valid.value, unit.now);
  const from = valid.value.from.toString();
  await recordChange(unit, subscriber, {
    before: { identifiers: before.map((old) => ({ kind, value: old })) },
    after: { identifier: { kind, value, from } },
    event: 'SubscriberAttributeValueChangeEvent',
    payload: { changed: ['identifiers'], kind, value, from },
  });
  return ok({ subscriberId: subscriber.id });
}

/** An identifier in the form in which it is kept, if a subscriber of the service type can have it. */
export async function identifierFor(
  unit: Pick<Unit, 'sql'>,
  serviceTypeCode: string,
  { kind, value: given }: Pick<NewIdentifier, 'kind' | 'value'>,
): Promise<Result<string, SubscriberRefusal>> {
  const [serviceType] = await selectServiceTypes(unit, [serviceTypeCode]);
  invariant(serviceType !== undefined, 'a subscriber has a service type');
  const value = kind === 'SIM' ? normaliseSim(given) : normaliseIdentifier(given);
  return checkValue(serviceType, kind, value) ?? ok(value);
}

function checkValue(serviceType: ServiceType, kind: IdentifierKind, value: string): ReturnType<typeof refusedBy<SubscriberRefusal>> {
  if (kind === 'SIM') return refusedBy(!isSimNumber(value) && refuseSubscriber('SIM_INVALID', 'value'));
  if (kind !== serviceType.identifierKind) return refuseSubscriber('IDENTIFIER_KIND_WRONG', 'kind');
  return refusedBy(!identifierMatches(serviceType, value) && refuseSubscriber('IDENTIFIER_INVALID', 'value'));
}
