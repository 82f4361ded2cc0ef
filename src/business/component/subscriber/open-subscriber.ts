import type { UseCase } from '../../execute';
import type { Unit } from '../../context';
import type { CustomerRole, IdentifierKind } from '../../../data/operation/subscriber/subscriber-facts';
import { insertSubscribers, type NewSubscriber, type NewSubscriberWithFacts } from '../../../data/operation/subscriber/insert-subscribers';
import { invariant } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import { ok, refusedBy, type Result } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';
import { holdActiveAccount } from '../account';
import { holdActiveCustomers } from '../customer';
import type { NumberClaim, NumberHolder } from '../number';
import { managingNode } from '../organisation';
import { identifierMatches, selectServiceTypes, type ServiceType } from '../service';
import { checkAttributes } from './check-attributes';
import { isSimNumber, normaliseIdentifier, normaliseSim } from './model/identifier';
import { DEFAULT_PRIORITY } from './model/payment-relation-checks';
import { refuseSubscriber, type SubscriberRefusal } from './model/refusals';
import { takeNumber } from './take-number';

export interface OpenSubscriberInput {
  /** Code of the service type: the line of business. */
  readonly serviceType: string;
  readonly organisationId: Id<'organisation'>;
  readonly ownerId: Id<'customer'>;
  /** The owner, when not given; so for the payer. */
  readonly userId?: Id<'customer'> | null;
  readonly payerId?: Id<'customer'> | null;
  /** The account that pays what no other payment relation pays. */
  readonly accountId: Id<'account'>;
  /** The access number or login, as the service type demands. */
  readonly identifier: string;
  /** The order that reserved the number, where one opens the subscriber. */
  readonly numberHolder?: NumberHolder | null;
  readonly sim?: string | null;
  readonly attributes: Readonly<Record<string, Json>>;
  /** Opened ahead 预开户: it is in service only when it is activated. */
  readonly ahead?: boolean;
}

/** Opens a subscriber 开户: active from now on, reached by its identifier, paid for by default by the account given. */
export const openSubscriber: UseCase<OpenSubscriberInput, { subscriberId: Id<'subscriber'> }, SubscriberRefusal> = {
  name: 'openSubscriber',
  permission: 'subscriber:write',
  constraints: {
    subscriber_identifier_taken: () => refuseSubscriber('NUMBER_TAKEN', 'identifier'),
    subscriber_service_type_fkey: () => refuseSubscriber('SERVICE_TYPE_NOT_FOUND', 'serviceType'),
  },
  async run(unit, input) {
    const [type] = await selectServiceTypes(unit, [input.serviceType]);
    if (type?.provisioningAdapter != null) return refuseSubscriber('BY_ORDER_ONLY', 'serviceType');
    return openSubscriberIn(unit, { ...input, subscriberId: newId('subscriber') });
  },
};

/** Opens a subscriber whose id is known before, as part of a unit that does more. */
export async function openSubscriberIn(
  unit: Unit,
  input: OpenSubscriberInput & { readonly subscriberId: Id<'subscriber'> },
): Promise<Result<{ subscriberId: Id<'subscriber'> }, SubscriberRefusal>> {
  const [serviceType] = await selectServiceTypes(unit, [input.serviceType]);
  if (serviceType === undefined) return refuseSubscriber('SERVICE_TYPE_NOT_FOUND', 'serviceType');
  const malformed = checkNewSubscriber(serviceType, input);
  const claim = malformed === undefined ? claimOf(input, serviceType) : undefined;
  const refused = refusedBy(
    malformed,
    await managingNode(unit, input.organisationId, 'subscriber:write', refuseSubscriber, serviceType.code),
    claim !== undefined && (await takeNumber(unit, claim, 'identifier')),
    await holdActiveCustomers(
      unit,
      rolesOf(input).map(({ customerId: id, field }) => ({ id, field })),
      'customer:read',
      refuseSubscriber,
    ),
  );
  if (refused !== undefined) return refused;
  const account = await holdActiveAccount(unit, { id: input.accountId, field: 'accountId' }, 'account:write', refuseSubscriber);
  if (!account.ok) return account;
  const { subscriberId } = input;
  await addSubscribers(unit, [{ id: subscriberId, ...toStoredSubscriber(input, serviceType), paymentRelations: [], openedAt: unit.now }]);
  return ok({ subscriberId });
}

interface Role {
  readonly role: CustomerRole;
  readonly customerId: Id<'customer'>;
  readonly field: string;
}

export function rolesOf({ ownerId, userId, payerId }: OpenSubscriberInput): Role[] {
  return [
    { role: 'OWNER', customerId: ownerId, field: 'ownerId' },
    { role: 'USER', customerId: userId ?? ownerId, field: userId == null ? 'ownerId' : 'userId' },
    { role: 'PAYER', customerId: payerId ?? ownerId, field: payerId == null ? 'ownerId' : 'payerId' },
  ];
}

/** Checks what a service type asks of a new subscriber. */
export function checkNewSubscriber(
  serviceType: ServiceType,
  { identifier, sim, attributes }: OpenSubscriberInput,
): ReturnType<typeof refusedBy<SubscriberRefusal>> {
  return refusedBy<SubscriberRefusal>(
    serviceType.status === 'RETIRED' && refuseSubscriber('SERVICE_TYPE_RETIRED', 'serviceType'),
    !identifierMatches(serviceType, normaliseIdentifier(identifier)) && refuseSubscriber('IDENTIFIER_INVALID', 'identifier'),
    sim != null && !isSimNumber(normaliseSim(sim)) && refuseSubscriber('SIM_INVALID', 'sim'),
    checkAttributes(serviceType, attributes),
  );
}

/** What a new subscriber asks of the stock of numbers; nothing, when it is reached by a login. */
export function claimOf(
  input: OpenSubscriberInput & { readonly subscriberId: Id<'subscriber'> },
  serviceType: ServiceType,
): NumberClaim | undefined {
  if (serviceType.identifierKind !== 'NUMBER') return undefined;
  const { identifier, organisationId, subscriberId, numberHolder: holder = null } = input;
  return { value: normaliseIdentifier(identifier), serviceType: serviceType.code, organisationId, subscriberId, holder };
}

/** Writes subscribers that have been checked, each with its line in the audit trail and its event: one, or any number at once. */
export async function addSubscribers(unit: Unit, subscribers: readonly NewSubscriberWithFacts[]): Promise<void> {
  const numbers = await insertSubscribers(unit.transaction, subscribers, unit.now);
  for (const [place, subscriber] of subscribers.entries()) recordNewSubscriber(unit, subscriber, numbers[place] as string);
}

/** A checked input in the form in which it is stored: here, and when many subscribers are opened at once. */
export function toStoredSubscriber(input: OpenSubscriberInput, serviceType: ServiceType): NewSubscriber {
  const identifiers: { kind: IdentifierKind; value: string }[] = [
    { kind: serviceType.identifierKind, value: normaliseIdentifier(input.identifier) },
  ];
  if (input.sim != null) identifiers.push({ kind: 'SIM', value: normaliseSim(input.sim) });
  const customers = rolesOf(input).map(({ role, customerId }) => ({ role, customerId }));
  const { organisationId, accountId, attributes } = input;
  return {
    serviceType: serviceType.code,
    organisationId,
    attributes,
    identifiers,
    customers,
    accountId,
    defaultPriority: DEFAULT_PRIORITY,
    status: input.ahead === true ? 'pendingActive' : 'active',
  };
}

function recordNewSubscriber(unit: Unit, subscriber: NewSubscriberWithFacts, subscriberNo: string): void {
  const { id, serviceType, organisationId, identifiers, customers, accountId, attributes, paymentRelations, openedAt, status } = subscriber;
  const relations = paymentRelations.map((relation) => ({ ...relation, capMinor: relation.capMinor?.toString() ?? null }));
  unit.audit({
    subjectKind: 'subscriber',
    subjectId: id,
    organisationId,
    serviceType,
    before: null,
    after: {
      subscriberNo,
      serviceType,
      organisationId,
      status,
      identifiers,
      customers,
      accountId,
      attributes,
      ...(relations.length === 0 ? {} : { paymentRelations: relations }),
      ...(openedAt.equals(unit.now) ? {} : { openedAt: openedAt.toString() }),
    } as Json,
  });
  unit.emit({
    type: 'SubscriberCreateEvent',
    subjectKind: 'subscriber',
    subjectId: id,
    payload: { subscriberNo, serviceType, status, ownerId: ownerOf(subscriber), accountId },
  });
}

function ownerOf({ customers }: Pick<NewSubscriber, 'customers'>): Id<'customer'> {
  const owner = customers.find(({ role }) => role === 'OWNER');
  invariant(owner !== undefined, 'a subscriber begins with an owner');
  return owner.customerId;
}
