import type { Unit } from '../../context';
import { lockAccountsOfCustomer, updateAccountsCustomer } from '../../../data/operation/account/write-account';
import type { Id } from '../../../kernel/id';

/**
 * Gives the accounts of one customer, at most `limit`, to another, as part of a process that merges the two. `wide` is the
 * unit with the system's scope: accounts go along wherever they are managed.
 * @returns how many there were; more than `limit` when they are too many, and then none is given
 */
export async function giveAccountsTo(wide: Unit, from: Id<'customer'>, to: Id<'customer'>, limit: number): Promise<number> {
  const accounts = await lockAccountsOfCustomer(wide, from, limit + 1);
  if (accounts.length === 0 || accounts.length > limit) return accounts.length;
  await updateAccountsCustomer(
    wide.transaction,
    accounts.map(({ id }) => id),
    to,
  );
  for (const { id, organisation_id: organisationId } of accounts) {
    wide.audit({ subjectKind: 'account', subjectId: id, organisationId, before: { customerId: from }, after: { customerId: to } });
    wide.emit({
      type: 'AccountAttributeValueChangeEvent',
      subjectKind: 'account',
      subjectId: id,
      payload: { changed: ['customer'], customerId: to },
    });
  }
  return accounts.length;
}
