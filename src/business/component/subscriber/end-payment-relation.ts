import type { UseCase } from '../../execute';
import { rewritePaymentRelation } from '../../../data/operation/subscriber/write-payment-relation';
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
