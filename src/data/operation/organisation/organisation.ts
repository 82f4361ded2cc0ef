import { instantFromDatabase, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { sql } from '../../connection/sql';

export const ORGANISATION_KINDS = ['OPERATOR', 'PROVINCE', 'CITY', 'COUNTY', 'DEPARTMENT', 'HALL', 'PARTNER'] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

export const ORGANISATION_STATUSES = ['ACTIVE', 'CLOSED'] as const;
export type OrganisationStatus = (typeof ORGANISATION_STATUSES)[number];

/** A node of the organisation tree 组织: operator, province, city, department, business hall, … */
export interface Organisation {
  readonly id: Id<'organisation'>;
  /** Short and unique, for people and files; the order of lists. */
  readonly code: string;
  readonly name: string;
  readonly nameEn: string | null;
  readonly kind: OrganisationKind;
  /** Null for the root only. */
  readonly parentId: Id<'organisation'> | null;
  /** Whether the node is a legal entity 法人 with invoices and a ledger of its own. */
  readonly legalEntity: boolean;
  readonly taxNumber: string | null;
  readonly status: OrganisationStatus;
  readonly version: number;
  readonly createdAt: Instant;
}

export interface OrganisationRow {
  readonly id: Id<'organisation'>;
  readonly code: string;
  readonly name: string;
  readonly name_en: string | null;
  readonly kind: OrganisationKind;
  readonly parent_id: Id<'organisation'> | null;
  readonly legal_entity: boolean;
  readonly tax_number: string | null;
  readonly status: OrganisationStatus;
  readonly version: number;
  readonly created_at: string;
}

/** The columns of {@link OrganisationRow}, of the alias `o`. */
export const ORGANISATION_COLUMNS = sql`o.id, o.code, o.name, o.name_en, o.kind, o.parent_id, o.legal_entity, o.tax_number,
  o.status, o.version, o.created_at::text AS created_at`;

export function toOrganisation(row: OrganisationRow): Organisation {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    nameEn: row.name_en,
    kind: row.kind,
    parentId: row.parent_id,
    legalEntity: row.legal_entity,
    taxNumber: row.tax_number,
    status: row.status,
    version: row.version,
    createdAt: instantFromDatabase(row.created_at),
  };
}
