import type { UseCase } from '../../execute';
import { accountToChange, closeUnusedAccount, refuseAccount, type AccountChange, type AccountRefusal } from '../../component/account';
import { endDiscountsOfAccount } from '../../component/discount';
import { hasBalance } from '../../component/ledger';
import { isChargedForBundle } from '../../component/product';
import { paysForSubscribers } from '../../component/subscriber';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import { systemScope } from '../../../kernel/scope';

/** Closes an account 账户销户 that pays for no subscriber and no bundle, now or later, has no account below it, and on which no money stands. */
export const closeAccount: UseCase<AccountChange, { accountId: Id<'account'> }, AccountRefusal> = {
  name: 'closeAccount',
  permission: 'account:write',
  async run(unit, input) {
    const account = await accountToChange(unit, input);
    if (!account.ok) return account;
    const { id } = account.value;
    const wide = { ...unit, scope: systemScope };
    if ((await paysForSubscribers(wide, id)) || (await isChargedForBundle(wide, id))) return refuseAccount('STILL_PAYING', 'accountId');
    if (await hasBalance(wide, id)) return refuseAccount('MONEY_LEFT', 'accountId');
    const closed = await closeUnusedAccount(unit, account.value);
    if (!closed.ok) return closed;
    await endDiscountsOfAccount(unit, account.value);
    return ok({ accountId: id });
  },
};
