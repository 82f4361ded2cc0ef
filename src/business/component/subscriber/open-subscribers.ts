import type { Unit } from '../../context';
import { selectTakenIdentifiers } from '../../../data/operation/subscriber/insert-subscribers';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { invariant } from '../../../kernel/failure';
import type { Money } from '../../../kernel/money';
import { isBefore } from '../../../kernel/period';
import { refusedBy, type Refusal } from '../../../kernel/result';
import { judgeClaims, occupyNumbers, type ClaimOutcome, type NumberClaim } from '../number';
import { selectServiceTypes, type ServiceType } from '../service';
import { checkCap, checkChargeGroup, checkPriority, RELATIONS_MAX } from './model/payment-relation-checks';
import { refuseSubscriber, type SubscriberRefusal } from './model/refusals';
import { addSubscribers, checkNewSubscriber, claimOf, toStoredSubscriber, type OpenSubscriberInput } from './open-subscriber';
import { refusedClaim } from './take-number';

/** A payment relation 付费关系 beside the default one, from now on. */
export interface NewPaymentRelationInput {
  readonly accountId: Id<'account'>;
  readonly chargeGroup: string | null;
  readonly priority: number;
  /** Per billing period, in the currency of the account. */
  readonly cap: Money | null;
}

/** A subscriber to open among many, under an id that the caller made. */
export interface NewSubscriberInput extends OpenSubscriberInput {
  readonly subscriberId: Id<'subscriber'>;
  readonly paymentRelations: readonly NewPaymentRelationInput[];
  /** Since when it is there, in a system that it comes from; now, when not given. Its facts begin then, and are known from now on. */
  readonly openedAt?: Instant;
}

type Problems = readonly Refusal<SubscriberRefusal>[];

/**
 * Why each subscriber cannot be opened, as `openSubscriber` would say; in the order of the input, empty for those that can.
 * Of two that ask for one identifier, the first gets it. `currencyOf` tells the currency of the accounts that pay. Whether
 * node, customers and accounts are in scope, the caller asks of their components.
 */
export async function subscriberProblems(
  unit: Unit,
  inputs: readonly NewSubscriberInput[],
  currencyOf: (accountId: Id<'account'>) => string | undefined,
): Promise<readonly Problems[]> {
  const types = await typesOf(unit, inputs);
  const own = inputs.map((input) => checkOne(input, types.get(input.serviceType), currencyOf));
  const sound = inputs.flatMap((input, place) => {
    const type = types.get(input.serviceType);
    return type === undefined || (own[place]?.length ?? 0) > 0
      ? []
      : [{ place, input, identifiers: toStoredSubscriber(input, type).identifiers }];
  });
  const key = ({ kind, value }: { kind: string; value: string }): string => `${kind} ${value}`;
  const asked = sound.flatMap(({ identifiers }) => identifiers);
  const taken = new Set((await selectTakenIdentifiers(unit.transaction, asked, firstOpening(unit, inputs))).map(key));
  const clashing = new Set<number>();
  for (const { place, identifiers } of sound) {
    if (identifiers.some((identifier) => taken.has(key(identifier)))) clashing.add(place);
    else for (const identifier of identifiers) taken.add(key(identifier));
  }
  const free = sound.filter(({ place }) => !clashing.has(place));
  const ofStock = await refusedByStock(unit, free.map(({ input }) => input), types, judgeClaims); // prettier-ignore
  const refused = new Map(free.map(({ place }, nth) => [place, ofStock.get(nth)?.refusals]));
  return own.map((problems, place) =>
    clashing.has(place) ? refuseSubscriber('NUMBER_TAKEN', 'identifier').refusals : (refused.get(place) ?? problems),
  );
}

/** The earliest instant at which one of them is opened: what was somebody's since then is taken. */
function firstOpening(unit: Unit, inputs: readonly NewSubscriberInput[]): Instant {
  return inputs.reduce((first, { openedAt }) => (openedAt !== undefined && isBefore(openedAt, first) ? openedAt : first), unit.now);
}

type Refused = NonNullable<ReturnType<typeof refusedClaim>>;

/** What the stock of numbers refuses, by the place in the input: it is asked what would come of all claims, or to meet them. */
async function refusedByStock(
  unit: Unit,
  inputs: readonly NewSubscriberInput[],
  types: ReadonlyMap<string, ServiceType>,
  ask: (unit: Unit, claims: readonly NumberClaim[]) => Promise<readonly ClaimOutcome[]>,
): Promise<ReadonlyMap<number, Refused>> {
  const asked = inputs.flatMap((input, place) => claimsOf([input], types).map((claim) => ({ place, claim })));
  const outcomes = await ask(unit, asked.map(({ claim }) => claim)); // prettier-ignore
  return new Map(
    asked.flatMap(({ place }, nth) => {
      const outcome = outcomes[nth];
      const refused = outcome === undefined ? undefined : refusedClaim(outcome, 'identifier');
      return refused === undefined ? [] : [[place, refused] as const];
    }),
  );
}

function claimsOf(inputs: readonly NewSubscriberInput[], types: ReadonlyMap<string, ServiceType>): NumberClaim[] {
  return inputs.flatMap((input) => {
    const type = types.get(input.serviceType);
    const claim = type === undefined ? undefined : claimOf(input, type);
    return claim === undefined ? [] : [claim];
  });
}

/**
 * Locks the numbers of the stock that are to be opened, before customers and accounts are held. What comes of them,
 * {@link subscriberProblems} says.
 */
export async function lockNumbersToOpen(unit: Unit, inputs: readonly NewSubscriberInput[]): Promise<void> {
  await judgeClaims(unit, claimsOf(inputs, await typesOf(unit, inputs)));
}

async function typesOf(unit: Unit, inputs: readonly NewSubscriberInput[]): Promise<ReadonlyMap<string, ServiceType>> {
  const codes = [...new Set(inputs.map((input) => input.serviceType))];
  return new Map((await selectServiceTypes(unit, codes)).map((type) => [type.code, type]));
}

function checkOne(
  input: NewSubscriberInput,
  type: ServiceType | undefined,
  currencyOf: (id: Id<'account'>) => string | undefined,
): Problems {
  if (type === undefined) return refuseSubscriber('SERVICE_TYPE_NOT_FOUND', 'serviceType').refusals;
  const currency = currencyOf(input.accountId);
  const refused = refusedBy<SubscriberRefusal>(
    checkNewSubscriber(type, input),
    currency === undefined && refuseSubscriber('ACCOUNT_NOT_FOUND', 'accountId'),
    input.paymentRelations.length >= RELATIONS_MAX && refuseSubscriber('TOO_MANY', 'paymentRelations', { max: RELATIONS_MAX - 1 }),
    relationsRepeat(input) && refuseSubscriber('RELATION_EXISTS', 'paymentRelations'),
    ...input.paymentRelations.map((relation, place) => checkRelation(relation, `paymentRelations.${place}`, currency, currencyOf)),
  );
  return refused?.refusals ?? [];
}

function relationsRepeat({ paymentRelations }: NewSubscriberInput): boolean {
  return new Set(paymentRelations.map(({ accountId, chargeGroup }) => `${accountId} ${chargeGroup ?? ''}`)).size < paymentRelations.length;
}

function checkRelation(
  { accountId, chargeGroup, priority, cap }: NewPaymentRelationInput,
  field: string,
  currency: string | undefined,
  currencyOf: (id: Id<'account'>) => string | undefined,
): ReturnType<typeof refusedBy<SubscriberRefusal>> {
  const own = currencyOf(accountId);
  if (own === undefined) return refuseSubscriber('ACCOUNT_NOT_FOUND', `${field}.accountId`);
  return refusedBy<SubscriberRefusal>(
    own !== currency && refuseSubscriber('CURRENCY_DIFFERS', `${field}.accountId`),
    chargeGroup === null && cap === null && refuseSubscriber('GROUP_OR_CAP_NEEDED', field),
    chargeGroup !== null && checkChargeGroup(chargeGroup, `${field}.chargeGroup`),
    checkPriority(priority, `${field}.priority`),
    cap !== null && checkCap(cap, own, `${field}.cap`),
  );
}

/**
 * Opens subscribers 批量开户, each with the rows, the line in the audit trail and the event that `openSubscriber` would have written. They
 * have been checked with {@link subscriberProblems}, or as the items of an order, in the same unit, and their customers and accounts held.
 * @returns by its place, why one cannot have its number: then none is opened
 */
export async function openSubscribers(unit: Unit, inputs: readonly NewSubscriberInput[]): Promise<ReadonlyMap<number, Refused>> {
  const types = await typesOf(unit, inputs);
  const refused = await refusedByStock(unit, inputs, types, occupyNumbers);
  if (refused.size > 0) return refused;
  const subscribers = inputs.map((input) => {
    const type = types.get(input.serviceType);
    invariant(type !== undefined, 'the service types of a batch have been checked');
    const paymentRelations = input.paymentRelations.map(({ accountId, chargeGroup, priority, cap }) => {
      return { accountId, chargeGroup, priority, capMinor: cap?.amountMinor ?? null };
    });
    return { id: input.subscriberId, ...toStoredSubscriber(input, type), paymentRelations, openedAt: input.openedAt ?? unit.now };
  });
  await addSubscribers(unit, subscribers);
  return refused;
}
