import type { UseCase } from '../../execute';
import type { Unit } from '../../context';
import type { NewCustomerWithFacts } from '../../../data/operation/customer/insert-customers-batch';
import { insertContacts, insertCustomer, insertDocuments } from '../../../data/operation/customer/write-customer';
import type { CustomerGrade, CustomerKind } from '../../../data/operation/customer/customer';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
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
    return ok(await addCustomer(unit, input));
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

async function addCustomer(unit: Unit, input: CreateCustomerInput): Promise<{ customerId: Id<'customer'> }> {
  const { documents, contacts, ...customer } = toStoredCustomer(input, unit.now);
  const { id, customerNo } = await insertCustomer(unit.transaction, customer, unit.now);
  await insertDocuments(unit.transaction, id, documents, unit.now);
  await insertContacts(unit.transaction, id, contacts, unit.now);
  recordNewCustomer(unit, { id, ...customer, documents, contacts }, customerNo);
  return { customerId: id };
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

/** The line in the audit trail and the event of a new customer. */
export function recordNewCustomer(unit: Unit, { id, ...customer }: NewCustomerWithFacts, customerNo: string): void {
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
