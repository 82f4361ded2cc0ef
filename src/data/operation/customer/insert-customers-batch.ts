import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { newId, type Id } from '../../../kernel/id';
import type { NewContact, NewCustomer, NewDocument } from './write-customer';

/** A customer of a batch, under the id that its caller gave it, with the facts that it begins with. */
export interface NewCustomerWithFacts extends NewCustomer {
  readonly id: Id<'customer'>;
  readonly documents: readonly NewDocument[];
  readonly contacts: readonly NewContact[];
}

/**
 * Inserts many customers as `insertCustomer`, `insertDocuments` and `insertContacts` would one by one, by one statement a table.
 * @returns the customer numbers, in the order of the input
 */
export async function insertCustomersBatch(
  transaction: Transaction,
  customers: readonly NewCustomerWithFacts[],
  now: Instant,
): Promise<string[]> {
  if (customers.length === 0) return [];
  const rows = await transaction.query<{ id: string; customer_no: string }>(sql`
    INSERT INTO customer (id, kind, name, name_en, grade, organisation_id, attributes, created_at)
    SELECT id, kind, name, name_en, grade, organisation_id, attributes, ${now}
    FROM unnest(${customers.map((customer) => customer.id)}::uuid[],
                ${customers.map((customer) => customer.kind)}::text[],
                ${customers.map((customer) => customer.name)}::text[],
                ${customers.map((customer) => customer.nameEn)}::text[],
                ${customers.map((customer) => customer.grade)}::text[],
                ${customers.map((customer) => customer.organisationId)}::uuid[],
                ${customers.map((customer) => JSON.stringify(customer.attributes))}::jsonb[])
         AS r (id, kind, name, name_en, grade, organisation_id, attributes)
    RETURNING id, customer_no`);
  await insertDocumentsBatch(transaction, customers, now);
  await insertContactsBatch(transaction, customers, now);
  const numbers = new Map(rows.map((row) => [row.id, row.customer_no]));
  return customers.map((customer) => numbers.get(customer.id) as string);
}

async function insertDocumentsBatch(transaction: Transaction, customers: readonly NewCustomerWithFacts[], now: Instant): Promise<void> {
  const documents = customers.flatMap(({ id, documents: own }) => own.map((document) => ({ customerId: id, ...document })));
  if (documents.length === 0) return;
  await transaction.query(sql`
    INSERT INTO customer_document (id, customer_id, kind, number, issuing_authority, valid, recorded)
    SELECT id, customer_id, kind, number, authority, tstzrange(valid_from, valid_to), tstzrange(${now}, NULL)
    FROM unnest(${documents.map(() => newId('fact'))}::uuid[],
                ${documents.map((document) => document.customerId)}::uuid[],
                ${documents.map((document) => document.kind)}::text[],
                ${documents.map((document) => document.number)}::text[],
                ${documents.map((document) => document.issuingAuthority)}::text[],
                ${documents.map((document) => document.validFrom.toString())}::timestamptz[],
                ${documents.map((document) => document.validTo?.toString() ?? null)}::timestamptz[])
         AS r (id, customer_id, kind, number, authority, valid_from, valid_to)`);
}

async function insertContactsBatch(transaction: Transaction, customers: readonly NewCustomerWithFacts[], now: Instant): Promise<void> {
  const contacts = customers.flatMap(({ id, contacts: own }) => own.map((contact) => ({ customerId: id, ...contact })));
  if (contacts.length === 0) return;
  await transaction.query(sql`
    INSERT INTO customer_contact (id, customer_id, kind, value, person, valid, recorded)
    SELECT id, customer_id, kind, value, person, tstzrange(${now}, NULL), tstzrange(${now}, NULL)
    FROM unnest(${contacts.map(() => newId('fact'))}::uuid[],
                ${contacts.map((contact) => contact.customerId)}::uuid[],
                ${contacts.map((contact) => contact.kind)}::text[],
                ${contacts.map((contact) => contact.value)}::text[],
                ${contacts.map((contact) => contact.person)}::text[])
         AS r (id, customer_id, kind, value, person)`);
}
