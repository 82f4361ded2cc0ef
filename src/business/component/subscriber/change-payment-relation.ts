import type { UseCase } from '../../execute';
import { rewritePaymentRelation, type KnownRelation } from '../../../data/operation/subscriber/write-payment-relation';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { Money } from '../../../kernel/money';
import { laterOf } from '../../../kernel/period';
import { ok, refusedBy } from '../../../kernel/result';
import { checkCap, checkPriority } from './model/payment-relation-checks';
import { refuseSubscriber, type SubscriberRefusal } from './model/refusals';
import { relationToChange } from './relation-to-change';
import { recordChange } from './record-change';
import type { SubscriberChange } from './subscriber-to-change';

/** What is not given stays as it is; `cap` null takes the cap away. */
export interface ChangePaymentRelationInput extends SubscriberChange {
  readonly paymentRelationId: Id<'fact'>;
  readonly priority?: number | undefined;
  readonly cap?: Money | null | undefined;
  /** Now, when not given. */
  readonly from?: Instant | null;
}

type Output = { subscriberId: Id<'subscriber'>; paymentRelationId: Id<'fact'> | null };

/** Gives a payment relation another priority or cap from an instant on. What holds from then on has an id of its own. */
export const changePaymentRelation: UseCase<ChangePaymentRelationInput, Output, SubscriberRefusal> = {
  name: 'changePaymentRelation',
  permission: 'subscriber:write',
  async run(unit, input) {
    const found = await relationToChange(unit, input, input.from);
    if (!found.ok) return found;
    const { subscriber, relation, from } = found.value;
    const refused = checkChange(input, relation);
    if (refused !== undefined) return refused;
    const next = {
      ...relation,
      priority: input.priority ?? relation.priority,
      capMinor: input.cap === undefined ? relation.capMinor : (input.cap?.amountMinor ?? null),
    };
    const valid = { from: laterOf(from, relation.validFrom), to: relation.validTo };
    const paymentRelationId = await rewritePaymentRelation(unit.transaction, relation.id, next, valid, unit.now);
    await recordChange(unit, subscriber, {
      before: { paymentRelation: { id: relation.id, priority: relation.priority, capMinor: relation.capMinor?.toString() ?? null } },
      after: {
        paymentRelation: {
          id: paymentRelationId,
          priority: next.priority,
          capMinor: next.capMinor?.toString() ?? null,
          from: valid.from.toString(),
        },
      },
      event: 'SubscriberAttributeValueChangeEvent',
      payload: { changed: ['paymentRelations'], accountId: relation.accountId, priority: next.priority, from: valid.from.toString() },
    });
    return ok({ subscriberId: subscriber.id, paymentRelationId });
  },
};

function checkChange(
  { priority, cap }: ChangePaymentRelationInput,
  relation: KnownRelation,
): ReturnType<typeof refusedBy<SubscriberRefusal>> {
  return refusedBy<SubscriberRefusal>(
    priority !== undefined && checkPriority(priority, 'priority'),
    cap != null && checkCap(cap, relation.currency, 'cap'),
    cap === null && relation.chargeGroup === null && refuseSubscriber('GROUP_OR_CAP_NEEDED', 'cap'),
  );
}
