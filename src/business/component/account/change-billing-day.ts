import type { UseCase } from '../../execute';
import { writeBillingDay } from '../../../data/operation/account/write-account-facts';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { isBefore, periodOf } from '../../../kernel/period';
import { ok } from '../../../kernel/result';
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
    const valid = periodOf(input.from, null, unit.now);
    if (valid === undefined) return refuseAccount('INVALID_PERIOD', 'from');
    if (isBefore(valid.from, unit.now)) return refuseAccount('IN_THE_PAST', 'from');
    const account = await accountToChange(unit, input);
    if (!account.ok) return account;
    const before = await writeBillingDay(unit.transaction, account.value.id, input.day, valid, unit.now);
    await recordChange(unit, account.value, {
      before: { billingDays: before },
      after: { billingDay: input.day, from: valid.from.toString() },
      event: 'AccountAttributeValueChangeEvent',
      payload: { changed: ['billingDay'], billingDay: input.day, from: valid.from.toString() },
    });
    return ok({ accountId: account.value.id });
  },
};
