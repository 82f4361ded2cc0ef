import type { Unit } from '../../context';
import type { LockedAccount } from '../../../data/operation/account/write-account';
import type { Id } from '../../../kernel/id';
import { ok, type Refuse, type Result } from '../../../kernel/result';
import type { Permission } from '../../../kernel/scope';
import { heldAccounts, holdAccounts } from './hold-accounts';

/** The codes that a component which ties things to accounts has in its closed list. */
export type HeldAccountRefusal = 'ACCOUNT_NOT_FOUND' | 'ACCOUNT_NOT_ACTIVE';

/**
 * Checks that something may be tied to an account: it is in scope and active. It can then not be closed, merged or given
 * another currency before the unit ends, and others may tie things to it at the same time.
 */
export async function holdActiveAccount<Code extends string>(
  unit: Unit,
  { id, field }: { readonly id: Id<'account'>; readonly field: string },
  permission: Permission,
  refuse: Refuse<Code | HeldAccountRefusal>,
): Promise<Result<LockedAccount, Code | HeldAccountRefusal>> {
  const held = await heldAccounts(unit, permission);
  if (!held.has(id)) await holdAccounts(unit, [id], permission, 'hold');
  const account = held.get(id);
  if (account === undefined) return refuse('ACCOUNT_NOT_FOUND', field);
  return account.status === 'ACTIVE' ? ok(account) : refuse('ACCOUNT_NOT_ACTIVE', field);
}
