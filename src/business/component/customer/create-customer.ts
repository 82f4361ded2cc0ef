import type { UseCase } from '../../execute';
import type { Unit } from '../../context';
import { insertCustomers, type NewCustomerWithFacts } from '../../../data/operation/customer/insert-customers';
import type { CustomerGrade, CustomerKind } from '../../../data/operation/customer/customer';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import { periodOf } from '../../../kernel/period';
import { ok, refusedBy } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';
import { managingNode } from '../organisation';
import { CONTACTS_MAX, DOCUMENTS_MAX, checkContact, checkDocument, checkName } from './model/checks';
import { normaliseDocumentNumber } from './model/identity-document';
import type { ContactInput, DocumentInput } from './model/inputs';
import { refuseCustomer, type CustomerRefusal } from './model/refusals';

export interface CreateCustomerInput {
  readonly kind: CustomerKind;
  readonly name: string;
  readonly nameEn?: string | null;
  readonly grade: CustomerGrade;
  readonly organisationId: Id<'organisation'>;
  readonly documents: readonly DocumentInput[];
  readonly contacts: readonly ContactInput[];
  readonly attributes: Readonly<Record<string, Json>>;
}

/** Opens a customer 建立客户 at an organisation node, with its documents and contacts. */
export const createCustomer: UseCase<CreateCustomerInput, { customerId: Id<'customer'> }, CustomerRefusal> = {
  name: 'createCustomer',
  permission: 'customer:write',
  constraints: { customer_document_customer_id_kind_number_valid_excl: () => refuseCustomer('DOCUMENT_EXISTS', 'documents') },
  async run(unit, input) {
    const refused = refusedBy(
      checkInput(input, unit.now),
      await managingNode(unit, input.organisationId, 'customer:write', refuseCustomer),
    );
    if (refused !== undefined) return refused;
    const customerId = newId('customer');
    await addCustomers(unit, [{ id: customerId, ...toStoredCustomer(input, unit.now) }]);
    return ok({ customerId });
  },
};

export function checkInput(input: CreateCustomerInput, now: Instant): ReturnType<typeof refusedBy<CustomerRefusal>> {
  return refusedBy<CustomerRefusal>(
    checkName(input.name, 'name'),
    input.nameEn != null && checkName(input.nameEn, 'nameEn'),
    input.documents.length > DOCUMENTS_MAX && refuseCustomer('TOO_MANY', 'documents', { max: DOCUMENTS_MAX }),
    input.contacts.length > CONTACTS_MAX && refuseCustomer('TOO_MANY', 'contacts', { max: CONTACTS_MAX }),
    ...input.documents.map((document, place) => checkDocument(document, `documents.${place}`, now)),
    ...input.contacts.map((contact, place) => checkContact(contact, `contacts.${place}`)),
  );
}

/** Writes customers that have been checked, each with its line in the audit trail and its event: one, or any number at once. */
export async function addCustomers(unit: Unit, customers: readonly NewCustomerWithFacts[]): Promise<void> {
  const numbers = await insertCustomers(unit.transaction, customers, unit.now);
  for (const [place, customer] of customers.entries()) recordNewCustomer(unit, customer, numbers[place] as string);
}

/** A checked input in the form in which it is stored: here, and when many customers are opened at once. */
export function toStoredCustomer(input: CreateCustomerInput, now: Instant): Omit<NewCustomerWithFacts, 'id'> {
  const { kind, name, nameEn = null, grade, organisationId, attributes } = input;
  const documents = input.documents.map(({ kind: documentKind, number, issuingAuthority = null, validFrom, validTo }) => {
    const valid = periodOf(validFrom, validTo, now);
    invariant(valid !== undefined, 'the period of a document has been checked');
    return { kind: documentKind, number: normaliseDocumentNumber(number), issuingAuthority, validFrom: valid.from, validTo: valid.to };
  });
  const contacts = input.contacts.map(({ kind: contactKind, value, person }) => ({
    kind: contactKind,
    value: value.trim(),
    person: person ?? null,
  }));
  return { kind, name, nameEn, grade, organisationId, attributes, documents, contacts };
}

function recordNewCustomer(unit: Unit, { id, ...customer }: NewCustomerWithFacts, customerNo: string): void {
  const { kind, grade, organisationId } = customer;
  const documents = customer.documents.map((document) => ({
    ...document,
    validFrom: document.validFrom.toString(),
    validTo: document.validTo?.toString() ?? null,
  }));
  const contacts = customer.contacts.map((contact) => ({ ...contact }));
  const after = { customerNo, ...customer, attributes: customer.attributes as Json, contacts, documents };
  unit.audit({ subjectKind: 'customer', subjectId: id, organisationId, before: null, after });
  unit.emit({ type: 'CustomerCreateEvent', subjectKind: 'customer', subjectId: id, payload: { customerNo, kind, grade } });
}
