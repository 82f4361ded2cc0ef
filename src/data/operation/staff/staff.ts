import { instantFromDatabase, optionalInstant, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { sql } from '../../connection/sql';

export const STAFF_STATUSES = ['ACTIVE', 'DISABLED'] as const;
export type StaffStatus = (typeof STAFF_STATUSES)[number];

/** A member of staff 员工, at the organisation node where he is managed. */
export interface Staff {
  readonly id: Id<'staff'>;
  readonly loginName: string;
  readonly name: string;
  readonly nameEn: string | null;
  readonly organisationId: Id<'organisation'>;
  readonly status: StaffStatus;
  /** Whether he can log in with a password; what it is, nobody can read. */
  readonly hasPassword: boolean;
  /** Who else vouches for him, and under which name. */
  readonly oidcIssuer: string | null;
  readonly oidcSubject: string | null;
  /** Until when wrong passwords keep him from logging in with one. */
  readonly lockedUntil: Instant | null;
  readonly version: number;
  readonly createdAt: Instant;
}

export interface StaffRow {
  readonly id: Id<'staff'>;
  readonly login_name: string;
  readonly name: string;
  readonly name_en: string | null;
  readonly organisation_id: Id<'organisation'>;
  readonly status: StaffStatus;
  readonly has_password: boolean;
  readonly oidc_issuer: string | null;
  readonly oidc_subject: string | null;
  readonly locked_until: string | null;
  readonly version: number;
  readonly created_at: string;
}

/** The columns of {@link StaffRow}, of the alias `s`. The password's hash is not among them. */
export const STAFF_COLUMNS = sql`s.id, s.login_name, s.name, s.name_en, s.organisation_id, s.status,
  s.password_hash IS NOT NULL AS has_password, s.oidc_issuer, s.oidc_subject, s.locked_until::text AS locked_until,
  s.version, s.created_at::text AS created_at`;

export function toStaff(row: StaffRow): Staff {
  return {
    id: row.id,
    loginName: row.login_name,
    name: row.name,
    nameEn: row.name_en,
    organisationId: row.organisation_id,
    status: row.status,
    hasPassword: row.has_password,
    oidcIssuer: row.oidc_issuer,
    oidcSubject: row.oidc_subject,
    lockedUntil: optionalInstant(row.locked_until),
    version: row.version,
    createdAt: instantFromDatabase(row.created_at),
  };
}
