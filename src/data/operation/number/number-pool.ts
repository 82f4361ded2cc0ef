import { instantFromDatabase, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { sql } from '../../connection/sql';

export const NUMBER_POOL_STATUSES = ['ACTIVE', 'CLOSED'] as const;
export type NumberPoolStatus = (typeof NUMBER_POOL_STATUSES)[number];

/** A pool 号池: the numbers of one line of business that a node has, for itself and those below it. */
export interface NumberPool {
  readonly id: Id<'numberPool'>;
  readonly code: string;
  readonly name: string;
  readonly nameEn: string | null;
  readonly organisationId: Id<'organisation'>;
  /** Code of the service type. */
  readonly serviceType: string;
  readonly status: NumberPoolStatus;
  readonly version: number;
  readonly createdAt: Instant;
}

export interface NumberPoolRow {
  readonly id: Id<'numberPool'>;
  readonly code: string;
  readonly name: string;
  readonly name_en: string | null;
  readonly organisation_id: Id<'organisation'>;
  readonly service_type: string;
  readonly status: NumberPoolStatus;
  readonly version: number;
  readonly created_at: string;
}

/** The columns of {@link NumberPoolRow}, of the alias `p`. */
export const NUMBER_POOL_COLUMNS = sql`p.id, p.code, p.name, p.name_en, p.organisation_id, p.service_type, p.status, p.version, p.created_at`;

export function toNumberPool(row: NumberPoolRow): NumberPool {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    nameEn: row.name_en,
    organisationId: row.organisation_id,
    serviceType: row.service_type,
    status: row.status,
    version: row.version,
    createdAt: instantFromDatabase(row.created_at),
  };
}
