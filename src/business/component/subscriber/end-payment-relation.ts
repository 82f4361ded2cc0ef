import type { Unit } from '../../context';
import type { UseCase } from '../../execute';
import { rewritePaymentRelation, selectRelationsOver } from '../../../data/operation/subscriber/write-payment-relation';
import type { LockedSubscriber } from '../../../data/operation/subscriber/write-subscriber';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import type { SubscriberRefusal } from './model/refusals';
import { relationToChange } from './relation-to-change';
import { recordChange } from './record-change';
import type { SubscriberChange } from './subscriber-to-change';

export interface EndPaymentRelationInput extends SubscriberChange {
  readonly paymentRelationId: Id<'fact'>;
  /** Now, when not given. */
  readonly at?: Instant | null;
}

/** Ends a payment relation at an instant; the default cannot be ended, only replaced. */
export const endPaymentRelation: UseCase<EndPaymentRelationInput, { subscriberId: Id<'subscriber'> }, SubscriberRefusal> = {
  name: 'endPaymentRelation',
  permission: 'subscriber:write',
  async run(unit, input) {
    const found = await relationToChange(unit, input, input.at);
    if (!found.ok) return found;
    const { subscriber, relation, from: at } = found.value;
    await rewritePaymentRelation(unit.transaction, relation.id, null, { from: at, to: null }, unit.now);
    const { id, accountId, chargeGroup, priority, capMinor } = relation;
    await recordChange(unit, subscriber, {
      before: { paymentRelation: { id, accountId, chargeGroup, priority, capMinor: capMinor?.toString() ?? null } },
      after: { paymentRelation: { id, endedAt: at.toString() } },
      event: 'SubscriberAttributeValueChangeEvent',
      payload: { changed: ['paymentRelations'], accountId, endedAt: at.toString() },
    });
    return ok({ subscriberId: subscriber.id });
  },
};

/**
 * Ends whatever others pay of a locked subscriber's charges beside the default, from now on, what was planned too; as part of a unit that
 * does more.
 */
export async function endPartPaymentIn(unit: Unit, subscriber: LockedSubscriber): Promise<void> {
  const { transaction, now } = unit;
  const over = await selectRelationsOver(transaction, subscriber.id, { from: now, to: null });
  const parts = over.filter(({ isDefault }) => !isDefault);
  if (parts.length === 0) return;
  for (const { id } of parts) await rewritePaymentRelation(transaction, id, null, { from: now, to: null }, now);
  await recordChange(unit, subscriber, {
    before: {
      paymentRelations: parts.map(({ id, accountId, chargeGroup, priority, capMinor }) => {
        return { id, accountId, chargeGroup, priority, capMinor: capMinor?.toString() ?? null };
      }),
    },
    after: { paymentRelations: parts.map(({ id }) => ({ id, endedAt: now.toString() })) },
    event: 'SubscriberAttributeValueChangeEvent',
    payload: { changed: ['paymentRelations'], accountIds: parts.map(({ accountId }) => accountId), endedAt: now.toString() },
  });
}
