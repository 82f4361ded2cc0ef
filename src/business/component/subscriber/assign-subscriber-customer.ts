import type { Unit } from '../../context';
import type { CustomerRole } from '../../../data/operation/subscriber/subscriber-facts';
import type { LockedSubscriber } from '../../../data/operation/subscriber/write-subscriber';
import { writeRole } from '../../../data/operation/subscriber/write-subscriber-facts';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { ok, type Result } from '../../../kernel/result';
import { holdActiveCustomers } from '../customer';
import { refuseSubscriber, type SubscriberRefusal } from './model/refusals';
import { recordChange } from './record-change';
import { periodOfFact, subscriberToChange, type SubscriberChange } from './subscriber-to-change';

export interface AssignSubscriberCustomerInput extends SubscriberChange {
  readonly role: CustomerRole;
  readonly customerId: Id<'customer'>;
  /** Now, when not given. */
  readonly from?: Instant | null;
}

/**
 * Gives the role of owner, user or payer to a customer in scope, from an instant on. For the owner this is the fact alone:
 * what a transfer of ownership 过户 asks of both customers is an order's to check.
 */
export async function lockAndAssignCustomer(
  unit: Unit,
  input: AssignSubscriberCustomerInput,
): Promise<Result<{ subscriberId: Id<'subscriber'> }, SubscriberRefusal>> {
  const { customerId } = input;
  const refused = await holdActiveCustomers(unit, [{ id: customerId, field: 'customerId' }], 'customer:read', refuseSubscriber);
  if (refused !== undefined) return refused;
  const subscriber = await subscriberToChange(unit, input);
  return subscriber.ok ? assignCustomerIn(unit, subscriber.value, input) : subscriber;
}

/** Gives a role for a locked subscriber to a held customer, as part of a unit that does more. */
export async function assignCustomerIn(
  unit: Unit,
  subscriber: LockedSubscriber,
  { role, customerId, from: given }: Pick<AssignSubscriberCustomerInput, 'role' | 'customerId' | 'from'>,
): Promise<Result<{ subscriberId: Id<'subscriber'> }, SubscriberRefusal>> {
  const valid = periodOfFact(subscriber, { from: given }, unit.now);
  if (!valid.ok) return valid;
  const { before } = await writeRole(unit.transaction, subscriber.id, role, customerId, { valid: valid.value, now: unit.now });
  const from = valid.value.from.toString();
  await recordChange(unit, subscriber, {
    before: { role, customerIds: before },
    after: { role, customerId, from },
    event: 'SubscriberAttributeValueChangeEvent',
    payload: { changed: ['customers'], role, customerId, from },
  });
  return ok({ subscriberId: subscriber.id });
}
