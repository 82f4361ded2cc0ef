import { sql } from '../../connection/sql';
import type { Id } from '../../../kernel/id';
import { DATED_COLUMNS, dated, type Dated, type DatedRow } from '../dated-fact/dated';
import { factNow } from '../dated-fact/fact-at';
import { FACTS_MAX } from '../dated-fact/select-facts';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';
import type { ContactKind, DocumentKind } from './customer-facts';

/** What a customer's record says of a person, in clear; null is what was not asked for. */
export interface PersonalData {
  readonly customerId: Id<'customer'>;
  readonly name: string | null;
  readonly nameEn: string | null;
  readonly documents: readonly ClearDocument[] | null;
  readonly contacts: readonly ClearContact[] | null;
}

export interface ClearDocument extends Dated {
  readonly kind: DocumentKind;
  readonly number: string;
  readonly issuingAuthority: string | null;
}

export interface ClearContact extends Dated {
  readonly kind: ContactKind;
  readonly value: string;
  readonly person: string | null;
}

/** Whether the caller may see the customer's personal data at all, and the node that its record is kept at. */
export async function selectUnmaskable(context: ScopedRead, id: Id<'customer'>): Promise<Id<'organisation'> | undefined> {
  const [row] = await context.sql.query<{ organisation_id: Id<'organisation'> }>(sql`
    SELECT c.organisation_id FROM customer c
    WHERE c.id = ${id} AND ${visibleTo(context.scope, 'customer:read', 'c')} AND ${visibleTo(context.scope, 'personal-data:unmask', 'c')}`);
  return row?.organisation_id;
}

/**
 * Reads personal data in clear. Only the process `reveal-personal-data` may call it, which has recorded who asks
 * and why, and committed it.
 */
export async function selectPersonalData(
  context: ScopedRead,
  id: Id<'customer'>,
  wanted: { readonly name: boolean; readonly documents: boolean; readonly contacts: boolean },
): Promise<PersonalData | undefined> {
  const [customer] = await context.sql.query<{ name: string; name_en: string | null }>(sql`
    SELECT c.name, c.name_en FROM customer c
    WHERE c.id = ${id} AND ${visibleTo(context.scope, 'customer:read', 'c')} AND ${visibleTo(context.scope, 'personal-data:unmask', 'c')}`);
  if (customer === undefined) return undefined;
  return {
    customerId: id,
    name: wanted.name ? customer.name : null,
    nameEn: wanted.name ? customer.name_en : null,
    documents: wanted.documents ? await selectClearDocuments(context, id) : null,
    contacts: wanted.contacts ? await selectClearContacts(context, id) : null,
  };
}

interface DocumentRow extends DatedRow {
  readonly kind: DocumentKind;
  readonly number: string;
  readonly issuing_authority: string | null;
}

async function selectClearDocuments(context: ScopedRead, id: Id<'customer'>): Promise<ClearDocument[]> {
  const rows = await context.sql.query<DocumentRow>(sql`
    SELECT f.kind, f.number, f.issuing_authority, ${DATED_COLUMNS}
    FROM customer_document f JOIN customer c ON c.id = f.customer_id AND ${visibleTo(context.scope, 'personal-data:unmask', 'c')}
    WHERE f.customer_id = ${id} AND ${factNow('f', context.now)} ORDER BY f.id LIMIT ${FACTS_MAX}`);
  return rows.map((row) => dated(row, { kind: row.kind, number: row.number, issuingAuthority: row.issuing_authority }));
}

interface ContactRow extends DatedRow {
  readonly kind: ContactKind;
  readonly value: string;
  readonly person: string | null;
}

async function selectClearContacts(context: ScopedRead, id: Id<'customer'>): Promise<ClearContact[]> {
  const rows = await context.sql.query<ContactRow>(sql`
    SELECT f.kind, f.value, f.person, ${DATED_COLUMNS}
    FROM customer_contact f JOIN customer c ON c.id = f.customer_id AND ${visibleTo(context.scope, 'personal-data:unmask', 'c')}
    WHERE f.customer_id = ${id} AND ${factNow('f', context.now)} ORDER BY f.id LIMIT ${FACTS_MAX}`);
  return rows.map((row) => dated(row, { kind: row.kind, value: row.value, person: row.person }));
}
