import type { Unit } from '../../context';
import type { LockedSubscriber } from '../../../data/operation/subscriber/write-subscriber';
import { selectRelationsOver, type KnownRelation } from '../../../data/operation/subscriber/write-payment-relation';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { ok, type Result } from '../../../kernel/result';
import { refuseSubscriber, type SubscriberRefusal } from './model/refusals';
import { periodOfFact, subscriberToChange, type SubscriberChange } from './subscriber-to-change';

interface Found {
  readonly subscriber: LockedSubscriber;
  readonly relation: KnownRelation;
  readonly from: Instant;
}

/** Locks the subscriber and finds a payment relation of it, beside the default, that holds at `from` or later. */
export async function relationToChange(
  unit: Unit,
  change: SubscriberChange & { readonly paymentRelationId: Id<'fact'> },
  from: Instant | null | undefined,
): Promise<Result<Found, SubscriberRefusal>> {
  const subscriber = await subscriberToChange(unit, change);
  if (!subscriber.ok) return subscriber;
  const period = periodOfFact(subscriber.value, { from }, unit.now);
  if (!period.ok) return period;
  const relations = await selectRelationsOver(unit.transaction, subscriber.value.id, period.value);
  const relation = relations.find((one) => one.id === change.paymentRelationId);
  if (relation === undefined) return refuseSubscriber('RELATION_NOT_FOUND', 'paymentRelationId');
  if (relation.isDefault) return refuseSubscriber('DEFAULT_RELATION', 'paymentRelationId');
  return ok({ subscriber: subscriber.value, relation, from: period.value.from });
}
