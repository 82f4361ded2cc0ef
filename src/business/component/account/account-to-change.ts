import type { Unit } from '../../context';
import { lockAccounts, type LockedAccount } from '../../../data/operation/account/write-account';
import type { Id } from '../../../kernel/id';
import { ok, type Result } from '../../../kernel/result';
import { refuseAccount, type AccountRefusal } from './model/refusals';

/** What every change of an existing account names: which, and what version of it the caller saw. */
export interface AccountChange {
  readonly accountId: Id<'account'>;
  readonly expectedVersion: number;
}

/** Locks an account in scope for a change; it must be active and of the version that the caller saw. */
export async function accountToChange(
  unit: Unit,
  { accountId, expectedVersion }: AccountChange,
): Promise<Result<LockedAccount, AccountRefusal>> {
  const [account] = await lockAccounts(unit, [accountId], 'account:write');
  return changeable(account, expectedVersion);
}

/** Whether an account that was locked for it may be changed. */
export function changeable(
  account: LockedAccount | undefined,
  expectedVersion: number,
  { idField = 'accountId', versionField = 'expectedVersion' } = {},
): Result<LockedAccount, AccountRefusal> {
  if (account === undefined) return refuseAccount('NOT_FOUND', idField);
  if (account.version !== expectedVersion) return refuseAccount('STALE_VERSION', versionField, { version: account.version });
  return account.status === 'ACTIVE' ? ok(account) : refuseAccount('NOT_ACTIVE', idField);
}
