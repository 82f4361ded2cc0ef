import type { Transaction } from '../../connection/core-database';
import { insertRow } from '../../connection/insert-row';
import { raw, sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import type { Permission } from '../../../kernel/scope';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';
import { CUSTOMER_COLUMNS, type CustomerRow } from './customer';
import { CustomerEntity } from './customer.entity';
import type { ContactKind, DocumentKind } from './customer-facts';

/** A customer as it stands in its locked row, unmasked: for decisions and the audit trail, never for an answer. */
export type LockedCustomer = CustomerRow;

/** What customers are locked for: `change` by one at a time; `hold` keeps them as they are, for any number of holders. */
export type CustomerLock = 'change' | 'hold';

/**
 * Locks customers in the order of their ids (so that two merges cannot deadlock); those in scope only. Locks are held to
 * the end of the transaction.
 */
export async function lockCustomers(
  context: ScopedRead,
  ids: readonly Id<'customer'>[],
  permission: Permission,
  lock: CustomerLock = 'change',
): Promise<LockedCustomer[]> {
  return context.sql.query<CustomerRow>(sql`
    SELECT ${CUSTOMER_COLUMNS} FROM customer c
    WHERE c.id = ANY (${ids}::uuid[]) AND ${visibleTo(context.scope, permission, 'c')}
    ORDER BY c.id ${raw(lock === 'change' ? 'FOR NO KEY UPDATE OF c' : 'FOR SHARE OF c')}`);
}

export type NewCustomer = Pick<CustomerEntity, 'kind' | 'name' | 'nameEn' | 'grade' | 'organisationId' | 'attributes'>;

export async function insertCustomer(
  transaction: Transaction,
  customer: NewCustomer,
  now: Instant,
): Promise<{ id: Id<'customer'>; customerNo: string }> {
  const row = { ...customer, id: newId('customer'), status: 'ACTIVE' as const, mergedIntoId: null, version: 1, createdAt: now };
  const { customerNo } = await insertRow(transaction, CustomerEntity, row);
  invariant(customerNo !== undefined, 'a customer is given its number');
  return { id: row.id, customerNo };
}

export type CustomerChanges = Partial<
  Pick<CustomerEntity, 'kind' | 'name' | 'nameEn' | 'grade' | 'organisationId' | 'attributes' | 'status' | 'mergedIntoId'>
>;

/** Changes a locked customer and moves its version on. */
export async function updateCustomer(transaction: Transaction, customer: LockedCustomer, changes: CustomerChanges): Promise<void> {
  const { id, version } = customer;
  const updated = await transaction.manager.update(CustomerEntity, { id, version }, { ...changes, version: version + 1 });
  invariant(updated.affected === 1, 'a customer was changed without its lock');
}

export interface NewDocument {
  readonly kind: DocumentKind;
  readonly number: string;
  readonly issuingAuthority: string | null;
  readonly validFrom: Instant;
  readonly validTo: Instant | null;
}

export async function insertDocuments(
  transaction: Transaction,
  customerId: Id<'customer'>,
  documents: readonly NewDocument[],
  now: Instant,
): Promise<Id<'fact'>[]> {
  const ids = documents.map(() => newId('fact'));
  if (documents.length === 0) return ids;
  await transaction.query(sql`
    INSERT INTO customer_document (id, customer_id, kind, number, issuing_authority, valid, recorded)
    SELECT id, ${customerId}, kind, number, authority, tstzrange(valid_from, valid_to), tstzrange(${now}, NULL)
    FROM unnest(${ids}::uuid[],
                ${documents.map((document) => document.kind)}::text[],
                ${documents.map((document) => document.number)}::text[],
                ${documents.map((document) => document.issuingAuthority)}::text[],
                ${documents.map((document) => document.validFrom.toString())}::timestamptz[],
                ${documents.map((document) => document.validTo?.toString() ?? null)}::timestamptz[])
         AS r (id, kind, number, authority, valid_from, valid_to)`);
  return ids;
}

export interface NewContact {
  readonly kind: ContactKind;
  readonly value: string;
  readonly person: string | null;
}

export async function insertContacts(
  transaction: Transaction,
  customerId: Id<'customer'>,
  contacts: readonly NewContact[],
  now: Instant,
): Promise<Id<'fact'>[]> {
  const ids = contacts.map(() => newId('fact'));
  if (contacts.length === 0) return ids;
  await transaction.query(sql`
    INSERT INTO customer_contact (id, customer_id, kind, value, person, valid, recorded)
    SELECT id, ${customerId}, kind, value, person, tstzrange(${now}, NULL), tstzrange(${now}, NULL)
    FROM unnest(${ids}::uuid[],
                ${contacts.map((contact) => contact.kind)}::text[],
                ${contacts.map((contact) => contact.value)}::text[],
                ${contacts.map((contact) => contact.person)}::text[])
         AS r (id, kind, value, person)`);
  return ids;
}

/** Moves the versions of locked customers on, of which a fact has changed. */
export async function touchCustomers(transaction: Transaction, ids: readonly Id<'customer'>[]): Promise<void> {
  if (ids.length === 0) return;
  await transaction.query(sql`UPDATE customer SET version = version + 1 WHERE id = ANY (${ids}::uuid[])`);
}
