import type { UseCase } from '../../execute';
import type { Payer } from '../../../data/operation/account/account-facts';
import { lockAccounts } from '../../../data/operation/account/write-account';
import { isItsOwnParent, lockParents, writeParent } from '../../../data/operation/account/write-account-facts';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { periodOf } from '../../../kernel/period';
import { ok } from '../../../kernel/result';
import { changeable, type AccountChange } from './account-to-change';
import { refuseAccount, type AccountRefusal } from './model/refusals';
import { recordChange } from './record-change';

export interface SetParentAccountInput extends AccountChange {
  readonly parentAccountId: Id<'account'>;
  /** Whether the account pays its own bill, or the parent does. */
  readonly payer: Payer;
  /** Whether the parent's bill shows the account's charges too. */
  readonly consolidatedBill: boolean;
  /** Now, when not given. */
  readonly from?: Instant | null;
  readonly to?: Instant | null;
}

/** Puts an account below another of the same currency for a time; what stood above it then is replaced. */
export const setParentAccount: UseCase<SetParentAccountInput, { accountId: Id<'account'> }, AccountRefusal> = {
  name: 'setParentAccount',
  permission: 'account:write',
  async run(unit, input) {
    const { accountId, parentAccountId, payer, consolidatedBill } = input;
    if (accountId === parentAccountId) return refuseAccount('PARENT_IS_ITSELF', 'parentAccountId');
    const valid = periodOf(input.from, input.to, unit.now);
    if (valid === undefined) return refuseAccount('INVALID_PERIOD', 'to');
    const locked = new Map((await lockAccounts(unit, [accountId, parentAccountId], 'account:write')).map((one) => [one.id, one]));
    const account = changeable(locked.get(accountId), input.expectedVersion);
    if (!account.ok) return account;
    const parent = locked.get(parentAccountId);
    if (parent === undefined) return refuseAccount('ACCOUNT_NOT_FOUND', 'parentAccountId');
    if (parent.status !== 'ACTIVE') return refuseAccount('ACCOUNT_NOT_ACTIVE', 'parentAccountId');
    if (parent.currency !== account.value.currency) return refuseAccount('CURRENCY_DIFFERS', 'parentAccountId');
    await lockParents(unit.transaction);
    const link = { parentAccountId, payer, consolidatedBill };
    const before = await writeParent(unit.transaction, accountId, link, valid, unit.now);
    if (await isItsOwnParent(unit.transaction, accountId, valid.from)) return refuseAccount('PARENT_CYCLE', 'parentAccountId');
    await recordChange(unit, account.value, {
      before: { parents: before },
      after: { parent: { ...link, validFrom: valid.from.toString(), validTo: valid.to?.toString() ?? null } },
      event: 'AccountAttributeValueChangeEvent',
      payload: { changed: ['parent'], parentAccountId, payer, consolidatedBill },
    });
    return ok({ accountId });
  },
};
