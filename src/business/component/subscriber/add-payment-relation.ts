import type { Unit } from '../../context';
import type { UseCase } from '../../execute';
import type { LockedSubscriber } from '../../../data/operation/subscriber/write-subscriber';
import { insertPaymentRelation, selectRelationsOver, type KnownRelation } from '../../../data/operation/subscriber/write-payment-relation';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { CurrencyCode, Money } from '../../../kernel/money';
import { ok, refusedBy, type Result } from '../../../kernel/result';
import { holdActiveAccount } from '../account';
import { RELATIONS_MAX, checkCap, checkChargeGroup, checkPriority } from './model/payment-relation-checks';
import { refuseSubscriber, type SubscriberRefusal } from './model/refusals';
import { recordChange } from './record-change';
import { periodOfFact, subscriberToChange, type SubscriberChange } from './subscriber-to-change';

export interface AddPaymentRelationInput extends SubscriberChange {
  /** An account of any customer in scope 代付. */
  readonly accountId: Id<'account'>;
  /** Pays this group of charges only. At least one of group and cap is given: without either it would be the default. */
  readonly chargeGroup?: string | null;
  /** Pays up to this amount in a billing period. */
  readonly cap?: Money | null;
  readonly priority: number;
  /** Now, when not given. */
  readonly from?: Instant | null;
  readonly to?: Instant | null;
}

type Output = { subscriberId: Id<'subscriber'>; paymentRelationId: Id<'fact'> };
type Check = ReturnType<typeof refusedBy<SubscriberRefusal>>;

/** Lets an account pay for a part of a subscriber's charges 付费关系, for a time. */
export const addPaymentRelation: UseCase<AddPaymentRelationInput, Output, SubscriberRefusal> = {
  name: 'addPaymentRelation',
  permission: 'subscriber:write',
  async run(unit, input) {
    const refused = checkRelation(input);
    if (refused !== undefined) return refused;
    const account = await holdActiveAccount(unit, { id: input.accountId, field: 'accountId' }, 'account:write', refuseSubscriber);
    if (!account.ok) return account;
    const subscriber = await subscriberToChange(unit, input);
    return subscriber.ok ? addPaymentIn(unit, subscriber.value, account.value.currency, input) : subscriber;
  },
};

type NewRelation = Omit<AddPaymentRelationInput, keyof SubscriberChange>;

/** Lets a held account pay for a part of a locked subscriber's charges, as part of a unit that does more; checked with {@link checkRelation}. */
export async function addPaymentIn(
  unit: Unit,
  subscriber: LockedSubscriber,
  currency: CurrencyCode,
  { accountId, priority, chargeGroup = null, cap = null, from, to }: NewRelation,
): Promise<Result<Output, SubscriberRefusal>> {
  const valid = periodOfFact(subscriber, { from, to }, unit.now);
  if (!valid.ok) return valid;
  const { id: subscriberId } = subscriber;
  const beside = await selectRelationsOver(unit.transaction, subscriberId, valid.value);
  const clash = checkBeside(beside, { accountId, chargeGroup, cap, currency });
  if (clash !== undefined) return clash;
  const relation = { subscriberId, accountId, chargeGroup, priority, capMinor: cap?.amountMinor ?? null, isDefault: false };
  const paymentRelationId = await insertPaymentRelation(unit.transaction, relation, valid.value, unit.now);
  const validity = { validFrom: valid.value.from.toString(), validTo: valid.value.to?.toString() ?? null };
  await recordChange(unit, subscriber, {
    before: null,
    after: { paymentRelation: { ...relation, id: paymentRelationId, capMinor: cap?.amountMinor.toString() ?? null, ...validity } },
    event: 'SubscriberAttributeValueChangeEvent',
    payload: { changed: ['paymentRelations'], accountId, chargeGroup, priority, ...validity },
  });
  return ok({ subscriberId, paymentRelationId });
}

/** What is wrong with a payment relation, whoever it is for. */
export function checkRelation({ chargeGroup, cap, priority }: Pick<NewRelation, 'chargeGroup' | 'cap' | 'priority'>): Check {
  return refusedBy(
    checkPriority(priority, 'priority'),
    chargeGroup != null && checkChargeGroup(chargeGroup, 'chargeGroup'),
    chargeGroup == null && cap == null && refuseSubscriber('GROUP_OR_CAP_NEEDED', 'chargeGroup'),
  );
}

/** Whether a part of what a subscriber owes from now on can be paid by an account; nothing is changed. */
export async function checkPaymentBeside(
  unit: Pick<Unit, 'transaction' | 'now'>,
  subscriberId: Id<'subscriber'>,
  { accountId, currency, chargeGroup, cap }: Beside,
): Promise<Check> {
  const beside = await selectRelationsOver(unit.transaction, subscriberId, { from: unit.now, to: null });
  return checkBeside(beside, { accountId, currency, chargeGroup, cap });
}

interface Beside {
  readonly accountId: Id<'account'>;
  readonly chargeGroup: string | null;
  readonly cap: Money | null;
  readonly currency: CurrencyCode;
}

/** Whether the new relation goes with those that hold at some time of it. */
function checkBeside(beside: readonly KnownRelation[], { accountId, chargeGroup, cap, currency }: Beside): Check {
  const same = beside.some((one) => !one.isDefault && one.accountId === accountId && one.chargeGroup === chargeGroup);
  return refusedBy(
    cap !== null && checkCap(cap, currency, 'cap'),
    beside.some((one) => one.currency !== currency) && refuseSubscriber('CURRENCY_DIFFERS', 'accountId'),
    same && refuseSubscriber('RELATION_EXISTS', 'accountId'),
    beside.length >= RELATIONS_MAX && refuseSubscriber('TOO_MANY', 'accountId', { max: RELATIONS_MAX }),
  );
}
