import { selectBillingDays } from '../../component/account';
import { selectPaymentRelations } from '../../component/subscriber';
import { cyclesOf, type Cycles } from '../../../kernel/cycle';
import { dayNumberAt } from '../../../kernel/day-number';
import type { Id } from '../../../kernel/id';
import type { Accepting, WantedDiscount } from './order-kind';

type AccountId = Id<'account'>;

/**
 * By whose billing periods each discount lasts: the account that is named, which pays for a subscriber or a bundle that is to be opened,
 * else the one that is charged for the bundle, or pays by default for the subscriber, when the order takes effect.
 */
export async function billingAccounts(
  { wide, startAt, parties }: Accepting,
  wanted: readonly Pick<WantedDiscount, 'subscriberId' | 'accountId' | 'bundleInstanceId'>[],
): Promise<readonly (AccountId | null)[]> {
  const ids = wanted.flatMap(({ subscriberId, accountId }) => (accountId === null ? (subscriberId ?? []) : []));
  const relations = ids.length === 0 ? [] : await selectPaymentRelations(wide, [...new Set(ids)], { validAt: startAt, knownAt: null });
  const defaults = new Map(relations.flatMap((one) => (one.isDefault ? [[one.subscriberId, one.accountId] as const] : [])));
  return wanted.map(({ subscriberId, accountId, bundleInstanceId = null }) => {
    if (accountId !== null) return accountId;
    if (bundleInstanceId !== null) return parties.bundles.get(bundleInstanceId)?.accountId ?? null;
    return subscriberId === null ? null : (defaults.get(subscriberId) ?? null);
  });
}

/** The billing periods of accounts, by the billing day that each has when the order takes effect. */
export async function cyclesFor(
  { wide, startAt, timeZone }: Accepting,
  accountIds: readonly (AccountId | null)[],
): Promise<(accountId: AccountId | null) => Cycles> {
  const ids = [...new Set(accountIds.flatMap((id) => id ?? []))];
  const held = ids.length === 0 ? [] : await selectBillingDays(wide, ids, { validAt: startAt, knownAt: null });
  const days = new Map(held.map(({ accountId, day }) => [accountId, day]));
  const from = dayNumberAt(startAt, timeZone);
  return (accountId) => cyclesOf([{ from, anchorDay: (accountId === null ? undefined : days.get(accountId)) ?? FIRST_OF_MONTH }]);
}

const FIRST_OF_MONTH = 1;
