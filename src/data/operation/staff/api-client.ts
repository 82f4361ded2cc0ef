import { instantFromDatabase, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { sql } from '../../connection/sql';

export const API_CLIENT_KINDS = ['STAFF_APPLICATION', 'PARTNER'] as const;
export type ApiClientKind = (typeof API_CLIENT_KINDS)[number];

export const API_CLIENT_STATUSES = ['ACTIVE', 'DISABLED'] as const;
export type ApiClientStatus = (typeof API_CLIENT_STATUSES)[number];

/** Whether a client's documents must be among its trusted ones, should be, or are not looked for. */
export const DOCUMENT_MODES = ['off', 'prefer', 'require'] as const;
export type DocumentMode = (typeof DOCUMENT_MODES)[number];

/** An application that calls: one that staff use, or a partner's system 合作伙伴. */
export interface ApiClient {
  readonly id: Id<'apiClient'>;
  readonly code: string;
  readonly name: string;
  readonly kind: ApiClientKind;
  /** Where a partner's customers are managed; null for an application of the staff, who bring their own scope. */
  readonly organisationId: Id<'organisation'> | null;
  readonly documentMode: DocumentMode;
  /** Cost points that its bucket holds, and how many come back each second. */
  readonly costCapacity: number;
  readonly costRestore: number;
  readonly status: ApiClientStatus;
  readonly version: number;
  readonly createdAt: Instant;
}

export interface ApiClientRow {
  readonly id: Id<'apiClient'>;
  readonly code: string;
  readonly name: string;
  readonly kind: ApiClientKind;
  readonly organisation_id: Id<'organisation'> | null;
  readonly document_mode: DocumentMode;
  readonly cost_capacity: number;
  readonly cost_restore: number;
  readonly status: ApiClientStatus;
  readonly version: number;
  readonly created_at: string;
}

/** The columns of {@link ApiClientRow}, of the alias `c`. The secret's hash is not among them. */
export const API_CLIENT_COLUMNS = sql`c.id, c.code, c.name, c.kind, c.organisation_id, c.document_mode, c.cost_capacity, c.cost_restore,
  c.status, c.version, c.created_at::text AS created_at`;

/** Where a client stands, as `placed.organisation_id`: an application of the staff stands at the root. */
export const API_CLIENT_PLACED = sql`api_client c JOIN LATERAL (
    SELECT coalesce(c.organisation_id, root.id) AS organisation_id FROM organisation root WHERE root.parent_id IS NULL
  ) placed ON true`;

export function toApiClient(row: ApiClientRow): ApiClient {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    kind: row.kind,
    organisationId: row.organisation_id,
    documentMode: row.document_mode,
    costCapacity: row.cost_capacity,
    costRestore: row.cost_restore,
    status: row.status,
    version: row.version,
    createdAt: instantFromDatabase(row.created_at),
  };
}
