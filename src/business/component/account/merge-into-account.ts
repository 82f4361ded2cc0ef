import type { Unit } from '../../context';
import { lockAccounts, touchAccounts, type LockedAccount } from '../../../data/operation/account/write-account';
import {
  isItsOwnParent,
  lockParents,
  moveChildren,
  selectChildIds,
  writeParent,
} from '../../../data/operation/account/write-account-facts';
import type { Id } from '../../../kernel/id';
import { ok, refusedBy, type Result } from '../../../kernel/result';
import { changeable } from './account-to-change';
import { refuseAccount, type AccountRefusal } from './model/refusals';
import { recordChange } from './record-change';

export interface MergeAccountsInput {
  readonly survivorId: Id<'account'>;
  readonly survivorVersion: number;
  readonly mergedId: Id<'account'>;
  readonly mergedVersion: number;
}

export interface AccountsToMerge {
  readonly survivor: LockedAccount;
  readonly merged: LockedAccount;
}

/** How many accounts may stand below one that is merged. */
const CHILDREN_MAX = 1_000;

/** Locks two accounts that may become one: both in scope, active, as the caller saw them, of one customer, currency and rating type. */
export async function accountsToMerge(unit: Unit, input: MergeAccountsInput): Promise<Result<AccountsToMerge, AccountRefusal>> {
  const { survivorId, mergedId } = input;
  if (survivorId === mergedId) return refuseAccount('MERGED_WITH_ITSELF', 'mergedId');
  const locked = new Map((await lockAccounts(unit, [survivorId, mergedId], 'account:write')).map((one) => [one.id, one]));
  const survivor = changeable(locked.get(survivorId), input.survivorVersion, { idField: 'survivorId', versionField: 'survivorVersion' });
  if (!survivor.ok) return survivor;
  const merged = changeable(locked.get(mergedId), input.mergedVersion, { idField: 'mergedId', versionField: 'mergedVersion' });
  if (!merged.ok) return merged;
  const refused = refusedBy(
    survivor.value.customer_id !== merged.value.customer_id && refuseAccount('CUSTOMER_DIFFERS', 'mergedId'),
    survivor.value.currency !== merged.value.currency && refuseAccount('CURRENCY_DIFFERS', 'mergedId'),
    survivor.value.rating_type !== merged.value.rating_type && refuseAccount('RATING_TYPE_DIFFERS', 'mergedId'),
  );
  return refused ?? ok({ survivor: survivor.value, merged: merged.value });
}

/**
 * Makes one account of two that are locked: the accounts below the merged one stand below the survivor from now on, and the
 * merged one points to it. The survivor's own parent stands. `wide` is the unit with the system's scope.
 */
export async function mergeIntoAccount(
  unit: Unit,
  wide: Unit,
  { survivor, merged }: AccountsToMerge,
): Promise<Result<null, AccountRefusal>> {
  const childIds = await selectChildIds(unit.transaction, merged.id, unit.now, CHILDREN_MAX + 1);
  if (childIds.length > CHILDREN_MAX) return refuseAccount('TOO_MANY', 'mergedId', { max: CHILDREN_MAX });
  const children = await lockAccounts(
    wide,
    childIds.filter((id) => id !== survivor.id),
    'account:write',
  );
  await lockParents(unit.transaction);
  await writeParent(unit.transaction, merged.id, null, { from: unit.now, to: null }, unit.now);
  await moveChildren(unit.transaction, merged.id, survivor.id, unit.now);
  if (await isItsOwnParent(unit.transaction, survivor.id, unit.now)) return refuseAccount('PARENT_CYCLE', 'mergedId');
  await touchAccounts(
    unit.transaction,
    children.map(({ id }) => id),
  );
  for (const { id, organisation_id: organisationId } of children) {
    unit.audit({
      subjectKind: 'account',
      subjectId: id,
      organisationId,
      before: { parentAccountId: merged.id },
      after: { parentAccountId: survivor.id },
    });
  }
  await recordChange(unit, survivor, {
    before: null,
    after: { tookOver: merged.id },
    event: 'AccountAttributeValueChangeEvent',
    payload: { changed: ['subscribers', 'children'], tookOver: merged.id },
  });
  await recordChange(unit, merged, {
    columns: { status: 'MERGED', mergedIntoId: survivor.id },
    before: { status: merged.status },
    after: { status: 'MERGED', mergedIntoId: survivor.id },
    event: 'AccountStateChangeEvent',
    payload: { status: 'MERGED', mergedIntoId: survivor.id },
  });
  return ok(null);
}
