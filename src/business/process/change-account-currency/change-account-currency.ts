import type { UseCase } from '../../execute';
import { changeCurrency, refuseAccount, type AccountChange, type AccountRefusal } from '../../component/account';
import { selectCurrenciesBeside } from '../../component/subscriber';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';

export interface ChangeAccountCurrencyInput extends AccountChange {
  /** ISO 4217. */
  readonly currency: string;
}

/**
 * Gives an account that has never been charged another currency. Whoever else pays for one of its subscribers must have that
 * currency: who does so holds the account that is locked here, and so cannot come in between.
 */
export const changeAccountCurrency: UseCase<ChangeAccountCurrencyInput, { accountId: Id<'account'> }, AccountRefusal> = {
  name: 'changeAccountCurrency',
  permission: 'account:write',
  constraints: { account_currency_fixed: () => refuseAccount('CURRENCY_FIXED', 'currency') },
  async run(unit, input) {
    const account = await changeCurrency(unit, input);
    if (!account.ok) return account;
    const { id, currency } = account.value;
    const beside = await selectCurrenciesBeside(unit.transaction, id);
    return beside.some((other) => other !== currency) ? refuseAccount('CURRENCY_DIFFERS', 'currency') : ok({ accountId: id });
  },
};
