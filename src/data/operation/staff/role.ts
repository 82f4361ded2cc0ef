import { instantFromDatabase, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { sql } from '../../connection/sql';

/** A role 角色: a set of permissions under a name, the same for the whole operator. */
export interface Role {
  readonly id: Id<'role'>;
  readonly code: string;
  readonly name: string;
  readonly nameEn: string | null;
  readonly permissions: readonly string[];
  readonly version: number;
  readonly createdAt: Instant;
}

export interface RoleRow {
  readonly id: Id<'role'>;
  readonly code: string;
  readonly name: string;
  readonly name_en: string | null;
  readonly permissions: readonly string[];
  readonly version: number;
  readonly created_at: string;
}

/** The columns of {@link RoleRow}, of the alias `r`. */
export const ROLE_COLUMNS = sql`r.id, r.code, r.name, r.name_en, r.permissions, r.version, r.created_at::text AS created_at`;

export function toRole(row: RoleRow): Role {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    nameEn: row.name_en,
    permissions: row.permissions,
    version: row.version,
    createdAt: instantFromDatabase(row.created_at),
  };
}
