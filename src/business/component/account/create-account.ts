import type { UseCase } from '../../execute';
import type { Unit } from '../../context';
import type { PaymentMethod, RatingType } from '../../../data/operation/account/account';
import { insertAccounts, type NewAccountWithFacts } from '../../../data/operation/account/insert-accounts';
import { newId, type Id } from '../../../kernel/id';
import type { CurrencyCode } from '../../../kernel/money';
import { ok, refusedBy } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';
import { holdActiveCustomers, holdNames } from '../customer';
import { managingNode } from '../organisation';
import { checkNameOfOwner } from './check-name-of-owner';
import { checkAccountName, checkBillingDay, checkCurrency } from './model/checks';
import { refuseAccount, type AccountRefusal } from './model/refusals';

export interface CreateAccountInput {
  readonly customerId: Id<'customer'>;
  readonly organisationId: Id<'organisation'>;
  readonly name: string;
  /** ISO 4217. The access layer fills in the operator's default where the caller gives none. */
  readonly currency: string;
  readonly ratingType: RatingType;
  readonly paymentMethod: PaymentMethod;
  readonly billingDay: number;
  readonly attributes: Readonly<Record<string, Json>>;
}

/** Opens an account 建立账户 of a customer in scope, at an organisation node. */
export const createAccount: UseCase<CreateAccountInput, { accountId: Id<'account'> }, AccountRefusal> = {
  name: 'createAccount',
  permission: 'account:write',
  async run(unit, input) {
    const refused = refusedBy(
      checkAccountName(input.name, 'name'),
      checkCurrency(input.currency, 'currency'),
      checkBillingDay(input.billingDay, 'billingDay'),
      await managingNode(unit, input.organisationId, 'account:write', refuseAccount),
      await holdActiveCustomers(unit, [{ id: input.customerId, field: 'customerId' }], 'customer:read', refuseAccount),
    );
    if (refused !== undefined) return refused;
    const owner = (await holdNames(unit, [input.customerId])).get(input.customerId);
    return checkNameOfOwner(input.name, 'name', owner) ?? ok(await addAccount(unit, input));
  },
};

/** Adds an account whose values have been checked and whose customer is held: here, and when an account is split. */
export async function addAccount(unit: Unit, input: CreateAccountInput): Promise<{ accountId: Id<'account'> }> {
  const accountId = newId('account');
  await addAccounts(unit, [{ id: accountId, ...toStoredAccount(input) }]);
  return { accountId };
}

/** Writes accounts that have been checked, each with its line in the audit trail and its event: one, or any number at once. */
export async function addAccounts(unit: Unit, accounts: readonly NewAccountWithFacts[]): Promise<void> {
  const numbers = await insertAccounts(unit.transaction, accounts, unit.now);
  for (const [place, account] of accounts.entries()) recordNewAccount(unit, account, numbers[place] as string);
}

/** A checked input in the form in which it is stored: here, and when many accounts are opened at once. */
export function toStoredAccount(input: CreateAccountInput): Omit<NewAccountWithFacts, 'id'> {
  const { customerId, organisationId, name, currency, ratingType, paymentMethod, billingDay, attributes } = input;
  return {
    customerId,
    organisationId,
    name: name.trim(),
    currency: currency as CurrencyCode,
    ratingType,
    paymentMethod,
    billingDay,
    attributes,
  };
}

function recordNewAccount(unit: Unit, { id, ...account }: NewAccountWithFacts, accountNo: string): void {
  const { customerId, organisationId, currency, ratingType } = account;
  unit.audit({ subjectKind: 'account', subjectId: id, organisationId, before: null, after: { accountNo, ...account } as Json });
  unit.emit({
    type: 'AccountCreateEvent',
    subjectKind: 'account',
    subjectId: id,
    payload: { accountNo, customerId, currency, ratingType },
  });
}
