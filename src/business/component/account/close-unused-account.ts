import type { Unit } from '../../context';
import type { LockedAccount } from '../../../data/operation/account/write-account';
import { lockParents, selectChildIds, writeParent } from '../../../data/operation/account/write-account-facts';
import { ok, type Result } from '../../../kernel/result';
import { refuseAccount, type AccountRefusal } from './model/refusals';
import { recordChange } from './record-change';

/** Closes a locked account, as part of a process that has made sure that it pays for nobody. It must have no account below it. */
export async function closeUnusedAccount(unit: Unit, account: LockedAccount): Promise<Result<null, AccountRefusal>> {
  await lockParents(unit.transaction);
  const children = await selectChildIds(unit.transaction, account.id, unit.now, 1);
  if (children.length > 0) return refuseAccount('STILL_PARENT', 'accountId');
  await writeParent(unit.transaction, account.id, null, { from: unit.now, to: null }, unit.now);
  await recordChange(unit, account, {
    columns: { status: 'CLOSED' },
    before: { status: account.status },
    after: { status: 'CLOSED' },
    event: 'AccountStateChangeEvent',
    payload: { status: 'CLOSED' },
  });
  return ok(null);
}
