import type { Unit } from '../../context';
import { hasRelatives } from '../../../data/operation/account/write-account-facts';
import { currencyOf } from '../../../kernel/money';
import { ok, type Result } from '../../../kernel/result';
import type { LockedAccount } from '../../../data/operation/account/write-account';
import { accountToChange, type AccountChange } from './account-to-change';
import { refuseAccount, type AccountRefusal } from './model/refusals';
import { recordChange } from './record-change';

/**
 * Gives an account another currency, as part of a process that has made sure of whom it pays for: never once it has been
 * charged (the database refuses too), nor while it stands above or below another account.
 */
export async function changeCurrency(
  unit: Unit,
  change: AccountChange & { readonly currency: string },
): Promise<Result<LockedAccount, AccountRefusal>> {
  const currency = currencyOf(change.currency);
  if (currency === undefined) return refuseAccount('CURRENCY_UNKNOWN', 'currency');
  const account = await accountToChange(unit, change);
  if (!account.ok) return account;
  if (account.value.currency === currency) return account;
  if (account.value.first_charged_at !== null) return refuseAccount('CURRENCY_FIXED', 'currency');
  if (await hasRelatives(unit.transaction, account.value.id, unit.now)) return refuseAccount('CURRENCY_DIFFERS', 'currency');
  await recordChange(unit, account.value, {
    columns: { currency },
    before: { currency: account.value.currency },
    after: { currency },
    event: 'AccountAttributeValueChangeEvent',
    payload: { changed: ['currency'], currency },
  });
  return ok({ ...account.value, currency });
}
