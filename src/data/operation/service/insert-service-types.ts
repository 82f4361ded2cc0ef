import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import type { ServiceType } from './service-type';

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
