import type { Unit } from '../../context';
import type { UseCase } from '../../execute';
import type { LockedSubscriber } from '../../../data/operation/subscriber/write-subscriber';
import { selectRelationsOver, writeDefaultRelation, type KnownRelation } from '../../../data/operation/subscriber/write-payment-relation';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { CurrencyCode } from '../../../kernel/money';
import { ok, type Result } from '../../../kernel/result';
import { holdActiveAccount } from '../account';
import { DEFAULT_PRIORITY } from './model/payment-relation-checks';
import { refuseSubscriber, type SubscriberRefusal } from './model/refusals';
import { recordChange } from './record-change';
import { periodOfFact, subscriberToChange, type SubscriberChange } from './subscriber-to-change';

export interface SetDefaultPaymentRelationInput extends SubscriberChange {
  readonly accountId: Id<'account'>;
  /** Now, when not given. */
  readonly from?: Instant | null;
}

type Output = { subscriberId: Id<'subscriber'>; paymentRelationId: Id<'fact'> | null };

/** Names the account that pays, from an instant on, whatever no other payment relation pays. There is one at any instant. */
export const setDefaultPaymentRelation: UseCase<SetDefaultPaymentRelationInput, Output, SubscriberRefusal> = {
  name: 'setDefaultPaymentRelation',
  permission: 'subscriber:write',
  async run(unit, input) {
    const { accountId } = input;
    const account = await holdActiveAccount(unit, { id: accountId, field: 'accountId' }, 'account:write', refuseSubscriber);
    if (!account.ok) return account;
    const subscriber = await subscriberToChange(unit, input);
    return subscriber.ok ? setDefaultPaymentIn(unit, subscriber.value, account.value, input.from) : subscriber;
  },
};

/** Names a held account as the default of a locked subscriber, as part of a unit that does more. */
export async function setDefaultPaymentIn(
  unit: Unit,
  subscriber: LockedSubscriber,
  { id: accountId, currency }: { readonly id: Id<'account'>; readonly currency: CurrencyCode },
  given?: Instant | null,
): Promise<Result<Output, SubscriberRefusal>> {
  const valid = periodOfFact(subscriber, { from: given }, unit.now);
  if (!valid.ok) return valid;
  const { id: subscriberId } = subscriber;
  const over = await selectRelationsOver(unit.transaction, subscriberId, valid.value);
  const differs = checkCurrency(over, currency);
  if (differs !== undefined) return differs;
  const relation = { subscriberId, accountId, chargeGroup: null, priority: DEFAULT_PRIORITY, capMinor: null, isDefault: true };
  const paymentRelationId = await writeDefaultRelation(unit.transaction, relation, valid.value, unit.now);
  const from = valid.value.from.toString();
  await recordChange(unit, subscriber, {
    before: { defaultAccountIds: over.filter((one) => one.isDefault).map((one) => one.accountId) },
    after: { defaultAccountId: accountId, from },
    event: 'SubscriberAttributeValueChangeEvent',
    payload: { changed: ['paymentRelations'], defaultAccountId: accountId, from },
  });
  return ok({ subscriberId, paymentRelationId });
}

/** Whether an account can be the default of a locked subscriber from now on; nothing is changed. */
export async function checkDefaultPayment(
  { transaction, now }: Pick<Unit, 'transaction' | 'now'>,
  subscriberId: Id<'subscriber'>,
  { currency }: { readonly currency: CurrencyCode },
): Promise<ReturnType<typeof checkCurrency>> {
  return checkCurrency(await selectRelationsOver(transaction, subscriberId, { from: now, to: null }), currency);
}

/** Whoever pays for a part does so in one currency with whoever pays the rest. */
function checkCurrency(over: readonly KnownRelation[], currency: CurrencyCode): ReturnType<typeof refuseSubscriber> | undefined {
  return over.some((one) => !one.isDefault && one.currency !== currency) ? refuseSubscriber('CURRENCY_DIFFERS', 'accountId') : undefined;
}
