import type { Unit } from '../../context';
import type { UseCase } from '../../execute';
import type { PaymentMethod, RatingType } from '../../../data/operation/account/account';
import type { AccountChanges, LockedAccount } from '../../../data/operation/account/write-account';
import type { Id } from '../../../kernel/id';
import { ok, refusedBy, type Result } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';
import { managingNode } from '../organisation';
import { accountAndOwnerToChange } from './account-and-owner-to-change';
import { accountToChange, type AccountChange } from './account-to-change';
import { checkNameOfOwner } from './check-name-of-owner';
import { checkAccountName } from './model/checks';
import { refuseAccount, type AccountRefusal } from './model/refusals';
import { recordChange } from './record-change';

/** What is not given stays as it is. */
export interface ChangeAccountInput extends AccountChange {
  readonly name?: string | undefined;
  readonly ratingType?: RatingType | undefined;
  readonly paymentMethod?: PaymentMethod | undefined;
  /** Another node, at which the caller may write accounts too. */
  readonly organisationId?: Id<'organisation'> | undefined;
  /** Replaces all of them. */
  readonly attributes?: Readonly<Record<string, Json>> | undefined;
}

/** Changes what an account is 账户资料变更; the currency is a process of its own, since it concerns who else pays. */
export const changeAccount: UseCase<ChangeAccountInput, { accountId: Id<'account'> }, AccountRefusal> = {
  name: 'changeAccount',
  permission: 'account:write',
  async run(unit, input) {
    const { organisationId } = input;
    const refused = refusedBy(
      input.name !== undefined && checkAccountName(input.name, 'name'),
      organisationId !== undefined && (await managingNode(unit, organisationId, 'account:write', refuseAccount)),
    );
    if (refused !== undefined) return refused;
    const account = input.name === undefined ? await accountToChange(unit, input) : await accountToRename(unit, input, input.name);
    if (!account.ok) return account;
    await changeAccountIn(unit, account.value, input);
    return ok({ accountId: account.value.id });
  },
};

/** Changes what a locked account is, as part of a unit that does more and has checked it. */
export async function changeAccountIn(
  unit: Unit,
  account: LockedAccount,
  input: Omit<ChangeAccountInput, keyof AccountChange>,
): Promise<void> {
  const { columns, before } = changesOf(input, account);
  await recordChange(unit, account, {
    columns,
    before,
    after: columns as Json,
    event: 'AccountAttributeValueChangeEvent',
    payload: { changed: Object.keys(columns) },
  });
}

/** Locks an account that is to have another name, one that does not give its customer's away. */
async function accountToRename(unit: Unit, change: AccountChange, name: string): Promise<Result<LockedAccount, AccountRefusal>> {
  const both = await accountAndOwnerToChange(unit, change);
  if (!both.ok) return both;
  return checkNameOfOwner(name, 'name', both.value.owner) ?? ok(both.value.account);
}

/** The columns that are to differ, and what they are now. */
function changesOf(
  input: Omit<ChangeAccountInput, keyof AccountChange>,
  account: LockedAccount,
): { columns: AccountChanges; before: Json } {
  const columns: AccountChanges = {};
  if (input.name !== undefined) columns.name = input.name.trim();
  if (input.ratingType !== undefined) columns.ratingType = input.ratingType;
  if (input.paymentMethod !== undefined) columns.paymentMethod = input.paymentMethod;
  if (input.organisationId !== undefined) columns.organisationId = input.organisationId;
  if (input.attributes !== undefined) columns.attributes = input.attributes;
  const { name, rating_type: ratingType, payment_method: paymentMethod, organisation_id: organisationId, attributes } = account;
  const now: Record<string, Json> = { name, ratingType, paymentMethod, organisationId, attributes };
  return { columns, before: Object.fromEntries(Object.keys(columns).map((column) => [column, now[column] ?? null])) };
}
