import type { Unit } from '../../context';
import type { UseCase } from '../../execute';
import type { LockedAccount } from '../../../data/operation/account/write-account';
import { writeBillingDay } from '../../../data/operation/account/write-account-facts';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { isBefore, periodOf } from '../../../kernel/period';
import { ok, type Result } from '../../../kernel/result';
import { accountToChange, type AccountChange } from './account-to-change';
import { checkBillingDay } from './model/checks';
import { refuseAccount, type AccountRefusal } from './model/refusals';
import { recordChange } from './record-change';

export interface ChangeBillingDayInput extends AccountChange {
  readonly day: number;
  /** Now, when not given; never in the past, where periods may have been billed. */
  readonly from?: Instant | null;
}

/** Gives an account another billing day 账期日 from an instant on; a later change that was planned is replaced. */
export const changeBillingDay: UseCase<ChangeBillingDayInput, { accountId: Id<'account'> }, AccountRefusal> = {
  name: 'changeBillingDay',
  permission: 'account:write',
  async run(unit, input) {
    const refused = checkBillingDay(input.day, 'day');
    if (refused !== undefined) return refused;
    const account = await accountToChange(unit, input);
    return account.ok ? changeBillingDayIn(unit, account.value, input) : account;
  },
};

/** Gives a locked account another billing day, as part of a unit that does more. */
export async function changeBillingDayIn(
  unit: Unit,
  account: LockedAccount,
  { day, from }: Pick<ChangeBillingDayInput, 'day' | 'from'>,
): Promise<Result<{ accountId: Id<'account'> }, AccountRefusal>> {
  const valid = periodOf(from, null, unit.now);
  if (valid === undefined) return refuseAccount('INVALID_PERIOD', 'from');
  if (isBefore(valid.from, unit.now)) return refuseAccount('IN_THE_PAST', 'from');
  const before = await writeBillingDay(unit.transaction, account.id, day, valid, unit.now);
  await recordChange(unit, account, {
    before: { billingDays: before },
    after: { billingDay: day, from: valid.from.toString() },
    event: 'AccountAttributeValueChangeEvent',
    payload: { changed: ['billingDay'], billingDay: day, from: valid.from.toString() },
  });
  return ok({ accountId: account.id });
}
