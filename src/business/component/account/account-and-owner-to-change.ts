import type { Unit } from '../../context';
import { selectOwnerId, type LockedAccount } from '../../../data/operation/account/write-account';
import { ok, type Result } from '../../../kernel/result';
import { systemScope } from '../../../kernel/scope';
import { holdActiveCustomers, holdNames, type NamedCustomer } from '../customer';
import { accountToChange, type AccountChange } from './account-to-change';
import { refuseAccount, type AccountRefusal } from './model/refusals';

export interface AccountAndOwner {
  readonly account: LockedAccount;
  /** What its customer is called; it stays the account's customer, and active, to the end of the unit. */
  readonly owner: NamedCustomer | undefined;
}

/**
 * Locks an account for a change that its customer has a say in: the customer is held first, whatever the caller may see of it,
 * since a merge of customers locks them in that order too. An account that has passed to another customer meanwhile is stale.
 */
export async function accountAndOwnerToChange(unit: Unit, change: AccountChange): Promise<Result<AccountAndOwner, AccountRefusal>> {
  const ownerId = await selectOwnerId(unit, change.accountId, 'account:write');
  if (ownerId === undefined) return refuseAccount('NOT_FOUND', 'accountId');
  const wide = { ...unit, scope: systemScope };
  const refused = await holdActiveCustomers(wide, [{ id: ownerId, field: 'accountId' }], 'customer:read', refuseAccount);
  const account = await accountToChange(unit, change);
  if (!account.ok) return account;
  const { version, customer_id: customerId } = account.value;
  if (customerId !== ownerId) return refuseAccount('STALE_VERSION', 'expectedVersion', { version });
  return refused ?? ok({ account: account.value, owner: (await holdNames(unit, [ownerId])).get(ownerId) });
}
