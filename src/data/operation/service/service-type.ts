import type { Transaction } from '../../connection/core-database';
import { sql, type SqlRunner } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';

/** What a subscriber of the service is reached by: an access number 号码, or a log-in 登录名. */
export const SERVICE_IDENTIFIER_KINDS = ['NUMBER', 'LOGIN'] as const;
export type ServiceIdentifierKind = (typeof SERVICE_IDENTIFIER_KINDS)[number];

/** A service type 业务类型: a line of business. */
export interface ServiceType {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly identifierKind: ServiceIdentifierKind;
  /** An anchored regular expression over the whole identifier, without spaces or hyphens. */
  readonly identifierPattern: string;
}

/** How many service types an operator may have. */
export const SERVICE_TYPES_MAX = 500;

/** Every service type, in the order of the codes. They are the operator's own and no secret: no scope is asked. */
export async function selectEveryServiceType(runner: SqlRunner): Promise<ServiceType[]> {
  return runner.query<ServiceType>(sql`
    SELECT t.code, t.name, t.name_en AS "nameEn", t.identifier_kind AS "identifierKind", t.identifier_pattern AS "identifierPattern"
    FROM service_type t ORDER BY t.code LIMIT ${SERVICE_TYPES_MAX}`);
}

/** Inserts those whose code is new; returns the codes inserted. */
export async function insertServiceTypes(transaction: Transaction, types: readonly ServiceType[], now: Instant): Promise<string[]> {
  const rows = await transaction.query<{ code: string }>(sql`
    INSERT INTO service_type (code, name, name_en, identifier_kind, identifier_pattern, created_at)
    SELECT r.*, ${now}::timestamptz
    FROM unnest(${types.map((type) => type.code)}::text[],
                ${types.map((type) => type.name)}::text[],
                ${types.map((type) => type.nameEn)}::text[],
                ${types.map((type) => type.identifierKind)}::text[],
                ${types.map((type) => type.identifierPattern)}::text[]) AS r
    ON CONFLICT (code) DO NOTHING RETURNING code`);
  return rows.map((row) => row.code);
}
