import type { Unit } from '../../context';
import type { Id } from '../../../kernel/id';
import type { Refusal } from '../../../kernel/result';
import { addCustomers, checkInput, toStoredCustomer, type CreateCustomerInput } from './create-customer';
import { normaliseDocumentNumber } from './model/identity-document';
import { refuseCustomer, type CustomerRefusal } from './model/refusals';

/** A customer to open among many, under an id that the caller made, so that others of the batch can name it. */
export interface NewCustomerInput extends CreateCustomerInput {
  readonly customerId: Id<'customer'>;
}

/** Why a customer cannot be opened, as `createCustomer` would say. Whether it may be at its node, the caller asks of `managingNode`. */
export function customerProblems(unit: Pick<Unit, 'now'>, input: NewCustomerInput): readonly Refusal<CustomerRefusal>[] {
  const refusals = [...(checkInput(input, unit.now)?.refusals ?? [])];
  return documentsRepeat(input) ? [...refusals, ...refuseCustomer('DOCUMENT_EXISTS', 'documents').refusals] : refusals;
}

/** In a batch a document is given once: telling periods apart is left to the single opening, where the database does it. */
function documentsRepeat({ documents }: NewCustomerInput): boolean {
  return new Set(documents.map(({ kind, number }) => `${kind} ${normaliseDocumentNumber(number)}`)).size < documents.length;
}

/**
 * Opens many customers 批量建立客户, each with the rows, the line in the audit trail and the event that `createCustomer` would
 * have written. They have been checked with {@link customerProblems}.
 */
export async function createCustomers(unit: Unit, inputs: readonly NewCustomerInput[]): Promise<void> {
  await addCustomers(
    unit,
    inputs.map((input) => ({ id: input.customerId, ...toStoredCustomer(input, unit.now) })),
  );
}
