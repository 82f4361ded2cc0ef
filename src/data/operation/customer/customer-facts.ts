import type { Id } from '../../../kernel/id';
import { unreachable } from '../../../kernel/failure';
import { maskAddress, maskEmail, maskIdentityNumber, maskName, maskPhone } from '../../../kernel/mask';
import { dated, type Dated, type DatedRow } from '../dated-fact/dated';
import { sql } from '../../connection/sql';
import { factAt, type FactTime } from '../dated-fact/fact-at';
import { selectFacts, type FactOwner } from '../dated-fact/select-facts';
import type { FactTable } from '../dated-fact/write-dated-fact';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';

export const DOCUMENT_KINDS = [
  'RESIDENT_ID',
  'PASSPORT',
  'HOUSEHOLD_REGISTER',
  'MILITARY_ID',
  'BUSINESS_LICENCE',
  'ORGANISATION_CODE',
  'OTHER',
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

export const CONTACT_KINDS = ['PHONE', 'MOBILE', 'EMAIL', 'ADDRESS'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

export const RELATION_KINDS = ['PARENT', 'FAMILY', 'EMPLOYER', 'AGENT', 'GUARANTOR'] as const;
export type RelationKind = (typeof RELATION_KINDS)[number];

export const DOCUMENT_FACT: FactTable = { name: 'customer_document', columns: ['customer_id', 'kind', 'number', 'issuing_authority'] };
export const CONTACT_FACT: FactTable = { name: 'customer_contact', columns: ['customer_id', 'kind', 'value', 'person'] };
export const RELATION_FACT: FactTable = { name: 'customer_relation', columns: ['customer_id', 'related_customer_id', 'kind'] };
export const MANAGER_FACT: FactTable = { name: 'customer_manager', columns: ['customer_id', 'staff_id'] };

/** An identity document 证件, its number masked. */
export interface CustomerDocument extends Dated {
  readonly customerId: Id<'customer'>;
  readonly kind: DocumentKind;
  readonly number: string;
  readonly issuingAuthority: string | null;
}

/** A way to reach the customer, its value and person masked. */
export interface CustomerContact extends Dated {
  readonly customerId: Id<'customer'>;
  readonly kind: ContactKind;
  readonly value: string;
  readonly person: string | null;
}

/** `customerId` has `relatedCustomerId` as its parent, family member, employer, agent or guarantor. */
export interface CustomerRelation extends Dated {
  readonly customerId: Id<'customer'>;
  readonly relatedCustomerId: Id<'customer'>;
  readonly kind: RelationKind;
}

/** The member of staff who looks after a customer 客户经理. */
export interface CustomerManager extends Dated {
  readonly customerId: Id<'customer'>;
  readonly staffId: Id<'staff'>;
}

export function maskContact(kind: ContactKind, value: string): string {
  switch (kind) {
    case 'PHONE':
    case 'MOBILE':
      return maskPhone(value);
    case 'EMAIL':
      return maskEmail(value);
    case 'ADDRESS':
      return maskAddress(value);
    default:
      return unreachable(kind);
  }
}

const OWNER: FactOwner = { table: 'customer', permission: 'customer:read' };

export interface DocumentRow {
  readonly customer_id: Id<'customer'>;
  readonly kind: DocumentKind;
  readonly number: string;
  readonly issuing_authority: string | null;
}

export async function selectDocuments(context: ScopedRead, ids: readonly Id<'customer'>[], time: FactTime): Promise<CustomerDocument[]> {
  const rows = await selectFacts<DocumentRow>(context, OWNER, { ...DOCUMENT_FACT, key: 'customer_id' }, ids, time);
  return rows.map(toDocument);
}

export function toDocument(row: DocumentRow & DatedRow): CustomerDocument {
  return dated(row, {
    customerId: row.customer_id,
    kind: row.kind,
    number: maskIdentityNumber(row.number),
    issuingAuthority: row.issuing_authority,
  });
}

export interface ContactRow {
  readonly customer_id: Id<'customer'>;
  readonly kind: ContactKind;
  readonly value: string;
  readonly person: string | null;
}

export async function selectContacts(context: ScopedRead, ids: readonly Id<'customer'>[], time: FactTime): Promise<CustomerContact[]> {
  const rows = await selectFacts<ContactRow>(context, OWNER, { ...CONTACT_FACT, key: 'customer_id' }, ids, time);
  return rows.map(toContact);
}

export function toContact(row: ContactRow & DatedRow): CustomerContact {
  return dated(row, {
    customerId: row.customer_id,
    kind: row.kind,
    value: maskContact(row.kind, row.value),
    person: row.person === null ? null : maskName(row.person),
  });
}

interface RelationRow {
  readonly customer_id: Id<'customer'>;
  readonly related_customer_id: Id<'customer'>;
  readonly kind: RelationKind;
}

/** The relations that a customer has (`customer_id`), or that others have to it (`related_customer_id`). */
export async function selectRelations(
  context: ScopedRead,
  ids: readonly Id<'customer'>[],
  time: FactTime,
  key: 'customer_id' | 'related_customer_id',
): Promise<CustomerRelation[]> {
  const rows = await selectFacts<RelationRow>(context, OWNER, { ...RELATION_FACT, key }, ids, time);
  return rows.map((row) => dated(row, { customerId: row.customer_id, relatedCustomerId: row.related_customer_id, kind: row.kind }));
}

/** How a customer in scope is related to others, whichever of the two names the other. */
export async function selectRelationsBetween(
  context: ScopedRead,
  id: Id<'customer'>,
  others: readonly Id<'customer'>[],
  time: FactTime,
): Promise<Pick<CustomerRelation, 'customerId' | 'relatedCustomerId' | 'kind'>[]> {
  const between = sql`
    SELECT f.customer_id, f.related_customer_id, f.kind FROM customer_relation f
    JOIN customer c ON c.id = ${id} AND ${visibleTo(context.scope, 'customer:read', 'c')}`;
  const rows = await context.sql.query<RelationRow>(sql`
    ${between} WHERE f.customer_id = c.id AND f.related_customer_id = ANY (${others}::uuid[]) AND ${factAt('f', time)}
    UNION ALL
    ${between} WHERE f.related_customer_id = c.id AND f.customer_id = ANY (${others}::uuid[]) AND ${factAt('f', time)}`);
  return rows.map((row) => ({ customerId: row.customer_id, relatedCustomerId: row.related_customer_id, kind: row.kind }));
}

interface ManagerRow {
  readonly customer_id: Id<'customer'>;
  readonly staff_id: Id<'staff'>;
}

export async function selectManagers(context: ScopedRead, ids: readonly Id<'customer'>[], time: FactTime): Promise<CustomerManager[]> {
  const rows = await selectFacts<ManagerRow>(context, OWNER, { ...MANAGER_FACT, key: 'customer_id' }, ids, time);
  return rows.map((row) => dated(row, { customerId: row.customer_id, staffId: row.staff_id }));
}
