import type { Unit } from '../../context';
import type { Id } from '../../../kernel/id';
import { refusedBy, type Refusal } from '../../../kernel/result';
import type { NamedCustomer } from '../customer';
import { addAccounts, toStoredAccount, type CreateAccountInput } from './create-account';
import { checkNameOfOwner } from './check-name-of-owner';
import { checkAccountName, checkBillingDay, checkCurrency } from './model/checks';
import type { AccountRefusal } from './model/refusals';

/** An account to open among many, under an id that the caller made, so that others of the batch can name it. */
export interface NewAccountInput extends CreateAccountInput {
  readonly accountId: Id<'account'>;
}

/**
 * Why an account cannot be opened, as `createAccount` would say. Whether it may be at its node and of its customer, the caller
 * asks of `managingNode` and `holdActiveCustomers`; `owner` is what its customer is called, undefined when there is none.
 */
export function accountProblems(input: NewAccountInput, owner: NamedCustomer | undefined): readonly Refusal<AccountRefusal>[] {
  const refused = refusedBy<AccountRefusal>(
    checkAccountName(input.name, 'name'),
    checkNameOfOwner(input.name, 'name', owner),
    checkCurrency(input.currency, 'currency'),
    checkBillingDay(input.billingDay, 'billingDay'),
  );
  return refused?.refusals ?? [];
}

/**
 * Opens many accounts 批量建立账户, each with the rows, the line in the audit trail and the event that `createAccount` would
 * have written. They have been checked with {@link accountProblems}.
 */
export async function createAccounts(unit: Unit, inputs: readonly NewAccountInput[]): Promise<void> {
  await addAccounts(
    unit,
    inputs.map((input) => ({ id: input.accountId, ...toStoredAccount(input) })),
  );
}
