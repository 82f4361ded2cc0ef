import type { Transaction } from '../../connection/core-database';
import { sql, type Sql } from '../../connection/sql';
import { instantToText, type Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import type { CustomerEntity } from './customer.entity';
import type { ContactKind, DocumentKind } from './customer-facts';

export type NewCustomer = Pick<CustomerEntity, 'kind' | 'name' | 'nameEn' | 'grade' | 'organisationId' | 'attributes'>;

export interface NewDocument {
  readonly kind: DocumentKind;
  readonly number: string;
  readonly issuingAuthority: string | null;
  readonly validFrom: Instant;
  readonly validTo: Instant | null;
}

export interface NewContact {
  readonly kind: ContactKind;
  readonly value: string;
  readonly person: string | null;
}

/** A customer under the id that its caller gave it, with the facts that it begins with. */
export interface NewCustomerWithFacts extends NewCustomer {
  readonly id: Id<'customer'>;
  readonly documents: readonly NewDocument[];
  readonly contacts: readonly NewContact[];
}

/**
 * Inserts active customers with the facts that they begin with: one statement for any number of them.
 * @returns the customer numbers, in the order of the input
 */
export async function insertCustomers(
  transaction: Transaction,
  customers: readonly NewCustomerWithFacts[],
  now: Instant,
): Promise<string[]> {
  if (customers.length === 0) return [];
  const documents = customers.flatMap(({ id: customerId, documents: own }) => own.map((document) => ({ customerId, ...document })));
  const contacts = customers.flatMap(({ id: customerId, contacts: own }) => own.map((contact) => ({ customerId, ...contact })));
  const rows = await transaction.query<{ id: string; customer_no: string }>(sql`
    WITH made AS (
      INSERT INTO customer (id, kind, name, name_en, grade, organisation_id, attributes, created_at)
      SELECT id, kind, name, name_en, grade, organisation_id, attributes, ${now}
      FROM unnest(${customers.map(({ id }) => id)}::uuid[],
                  ${customers.map(({ kind }) => kind)}::text[],
                  ${customers.map(({ name }) => name)}::text[],
                  ${customers.map(({ nameEn }) => nameEn)}::text[],
                  ${customers.map(({ grade }) => grade)}::text[],
                  ${customers.map(({ organisationId }) => organisationId)}::uuid[],
                  ${customers.map(({ attributes }) => JSON.stringify(attributes))}::jsonb[])
           AS r (id, kind, name, name_en, grade, organisation_id, attributes)
      RETURNING id, customer_no
    ),
    documents AS (${insertionOfDocuments(documents, now)}),
    contacts AS (${insertionOfContacts(contacts, now)})
    SELECT id, customer_no FROM made`);
  const numbers = new Map(rows.map((row) => [row.id, row.customer_no]));
  return customers.map(({ id }) => {
    const number = numbers.get(id);
    invariant(number !== undefined, 'a customer is given its number');
    return number;
  });
}

type OfCustomer<Fact> = Fact & { readonly customerId: Id<'customer'> };

/** Adds a document to a locked customer. @returns the id of the fact */
export async function insertDocument(transaction: Transaction, document: OfCustomer<NewDocument>, now: Instant): Promise<Id<'fact'>> {
  const [made] = await transaction.query<{ id: Id<'fact'> }>(insertionOfDocuments([document], now));
  invariant(made !== undefined, 'a document that was added has an id');
  return made.id;
}

/** Adds a contact to a locked customer. @returns the id of the fact */
export async function insertContact(transaction: Transaction, contact: OfCustomer<NewContact>, now: Instant): Promise<Id<'fact'>> {
  const [made] = await transaction.query<{ id: Id<'fact'> }>(insertionOfContacts([contact], now));
  invariant(made !== undefined, 'a contact that was added has an id');
  return made.id;
}

function insertionOfDocuments(documents: readonly OfCustomer<NewDocument>[], now: Instant): Sql {
  return sql`
    INSERT INTO customer_document (id, customer_id, kind, number, issuing_authority, valid, recorded)
    SELECT id, customer_id, kind, number, authority, tstzrange(valid_from, valid_to), tstzrange(${now}, NULL)
    FROM unnest(${documents.map(() => newId('fact'))}::uuid[],
                ${documents.map(({ customerId }) => customerId)}::uuid[],
                ${documents.map(({ kind }) => kind)}::text[],
                ${documents.map(({ number }) => number)}::text[],
                ${documents.map(({ issuingAuthority }) => issuingAuthority)}::text[],
                ${documents.map(({ validFrom }) => instantToText(validFrom))}::timestamptz[],
                ${documents.map(({ validTo }) => (validTo === null ? null : instantToText(validTo)))}::timestamptz[])
         AS r (id, customer_id, kind, number, authority, valid_from, valid_to)
    RETURNING id`;
}

function insertionOfContacts(contacts: readonly OfCustomer<NewContact>[], now: Instant): Sql {
  return sql`
    INSERT INTO customer_contact (id, customer_id, kind, value, person, valid, recorded)
    SELECT id, customer_id, kind, value, person, tstzrange(${now}, NULL), tstzrange(${now}, NULL)
    FROM unnest(${contacts.map(() => newId('fact'))}::uuid[],
                ${contacts.map(({ customerId }) => customerId)}::uuid[],
                ${contacts.map(({ kind }) => kind)}::text[],
                ${contacts.map(({ value }) => value)}::text[],
                ${contacts.map(({ person }) => person)}::text[])
         AS r (id, customer_id, kind, value, person)
    RETURNING id`;
}
